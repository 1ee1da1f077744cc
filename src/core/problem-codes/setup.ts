/** Codes for what stands in the way of a step of the set-up. Stable once shipped. */
export const setupProblemCodes = [
  /** A step needs an available endpoint service: subject the region, parameter `status`. */
  'SETUP_SERVICE_NOT_READY',
  /** Atlas could not create the service: parameter `message` is Atlas's own sentence, where it has one. */
  'SETUP_SERVICE_FAILED',
  /** A service that failed has endpoints: parameter `count`. It is not removed without a question. */
  'SETUP_SERVICE_HAS_ENDPOINTS',
  /** The service is being removed and cannot be used any more. */
  'SETUP_SERVICE_LEAVING',
  /** A choice is needed first: parameter `field`. */
  'SETUP_CHOICE_MISSING',
  /** A choice cannot be right: parameters `field`, `expected`. */
  'SETUP_CHOICE_INVALID',
  /** The endpoint is registered on another service of the project: parameter `region`. */
  'SETUP_REGISTERED_ELSEWHERE',
  /** Atlas or the cloud could not connect the endpoint: parameter `message`, where it has one. */
  'SETUP_ENDPOINT_FAILED',
  /** The endpoint is being removed; its id can be used again when it is gone. */
  'SETUP_ENDPOINT_LEAVING',
  /** Atlas did not come to an end within the time that is usual: parameters `minutes`, `status`. */
  'SETUP_STILL_MOVING',
  /** The typed text is not the one that confirms: parameter `expected`. */
  'SETUP_NOT_CONFIRMED',
  /** The cloud side of this provider can only be done with commands. */
  'SETUP_CLOUD_NOT_HERE',
  /** Somebody else has changed meanwhile what was to be changed: parameter `now`, empty where nothing is there now. */
  'SETUP_CHANGED',
  /** Somebody else was faster to make the service, in the other form: parameter `portMapping` of what is there, `on` or `off`. */
  'SETUP_SERVICE_OTHER',
  /** What the page is about is not there any more. */
  'SETUP_GONE',
] as const;

export type SetupProblemCode = (typeof setupProblemCodes)[number];
