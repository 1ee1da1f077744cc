/** Codes for connection strings as text, before anything is asked of a network. Stable once shipped. */
export const stringProblemCodes = [
  /** Not a connection string that drivers accept: parameters `reason` (a StringFault) and `position`. */
  'STRING_MALFORMED',
] as const;

export type StringProblemCode = (typeof stringProblemCodes)[number];
