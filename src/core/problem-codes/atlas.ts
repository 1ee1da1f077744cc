/** Codes for what can go wrong between this machine and the Atlas Administration API. Stable once shipped. */
export const atlasProblemCodes = [
  /** 401: the key, secret or token is not accepted. */
  'ATLAS_SIGN_IN_REFUSED',
  /** 401 with a clock that differs from the server's: parameter `difference` in seconds. */
  'ATLAS_CLOCK_SKEW',
  /** 403: signed in, but the role does not allow it: parameter `role` where the description names one. */
  'ATLAS_FORBIDDEN',
  /** 403 because this machine's address is not on the API access list: parameter `address` when Atlas named it. */
  'ATLAS_ACCESS_LIST',
  /** 402. */
  'ATLAS_PAYMENT_REQUIRED',
  /** 404. */
  'ATLAS_NOT_FOUND',
  /** 409. */
  'ATLAS_CONFLICT',
  /** 400, 422: Atlas says why in `detail`. */
  'ATLAS_REFUSED',
  /** 429 after all tries. */
  'ATLAS_RATE_LIMITED',
  /** 5xx after all tries. */
  'ATLAS_SERVER_ERROR',
  /** The reply is not what the API promises: truncated, no JSON, HTML of a proxy. Parameter `contentType`. */
  'ATLAS_REPLY_UNREADABLE',
  /** Some elements of a list cannot be read: how many in `count`, in `field` what one of them lacks. */
  'ATLAS_LIST_INCOMPLETE',
  /** No reply in time: parameter `seconds`. */
  'ATLAS_TIMEOUT',
  /** No connection: parameter `reason` is the system's own code. */
  'ATLAS_UNREACHABLE',
  /** A base URL, key or id that cannot be right: parameter `field`. */
  'ATLAS_INPUT_INVALID',
  /** An Atlas CLI configuration that cannot be used: parameter `reason`. */
  'ATLAS_CLI_PROFILE_UNUSABLE',
] as const;

export type AtlasProblemCode = (typeof atlasProblemCodes)[number];
