/** Codes for what a connection test finds. Stable once shipped: reports, pipelines and documentation name them. */
export const diagnosticProblemCodes = ['UNKNOWN_AT_HOP'] as const;

export type DiagnosticProblemCode = (typeof diagnosticProblemCodes)[number];
