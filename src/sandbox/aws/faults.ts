/** Failures of the sandbox's AWS account that can be switched while it runs, each with what it does. */
export const awsFaults = {} as const satisfies Record<string, string>;
