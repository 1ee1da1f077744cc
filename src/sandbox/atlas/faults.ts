/**
 * Failures of the simulated Atlas API that can be switched while it runs, each with what it does. Their subject is a
 * project's id or name, the last part of a path (a cluster's or endpoint's id), an operation's id, `token` for the
 * endpoint that gives tokens, or `*`, which is that endpoint, too.
 */
export const atlasFaults = {
  'atlas-unauthorized': 'The key or service account is not accepted: 401.',
  'token-expired': 'Bearer tokens have expired: 401, until a new one is fetched and the fault is switched off.',
  'token-refused': 'The token endpoint refuses the service account: 401 `invalid_client`.',
  'atlas-forbidden': 'The role has been revoked: 401 USER_UNAUTHORIZED to everything.',
  'atlas-read-only': 'The role is Project Read Only: 401 USER_UNAUTHORIZED to everything that writes.',
  'atlas-forbidden-403': 'A role that is missing is answered by 403 instead of 401.',
  'atlas-ip-blocked': 'The address is not on the API access list: 403 IP_ADDRESS_NOT_ON_ACCESS_LIST.',
  'atlas-429': 'Too many requests: 429 with Retry-After of one second.',
  'atlas-500': 'An internal error: 500 UNEXPECTED_ERROR.',
  'atlas-503': 'Maintenance: 503 without a body that is Atlas’s.',
  'atlas-truncated': 'The answer ends in the middle.',
  'atlas-cut-short': 'The answer ends in the middle as if that were its end.',
  'atlas-html': 'A proxy answers with an HTML page.',
  'proxy-401': 'A proxy wants its own sign-in: 401 with an HTML page.',
  'atlas-not-json': 'The answer says it is JSON and is not.',
  'atlas-empty': 'The answer is 200 with nothing in it.',
  'atlas-slow': 'Answers take three seconds.',
  'atlas-silent': 'Requests are taken and never answered.',
  'atlas-reset': 'The connection is reset in the middle of the answer.',
  'atlas-answer-lost': 'What was asked is done, and the connection is reset before the answer.',
  'unknown-status': 'Services, endpoints and clusters have a status that nobody has heard of.',
  'unknown-field': 'Answers hold fields that nobody has heard of.',
  'total-too-low': 'The total of lists is an estimate, and less than half of them.',
  'odd-element': 'The first element of every list is null.',
  'missing-fields': 'Endpoint services lack everything but their id.',
  'clock-skew': 'The Date header is ten minutes ahead.',
  'nothing-visible': 'The key has no role in any organization or project: both lists are empty.',
  'project-gone': 'The project does not exist any more: 404 GROUP_NOT_FOUND.',
  'serverless-ended': 'The resource of serverless instances has been taken away: 410, whatever Atlas will answer.',
  'payment-missing': 'No payment method: 402 NO_PAYMENT_INFORMATION_FOUND on creating services and endpoints.',
  'atlas-busy': 'Registering an endpoint meets another operation going on: 409 for the moment.',
  'endpoint-failed': 'Registered interface endpoints are FAILED; the strings that lead through them are still there.',
  'service-creation-fails': 'Endpoint services that are created end up FAILED.',
} as const satisfies Record<string, string>;

export type AtlasFault = keyof typeof atlasFaults;
