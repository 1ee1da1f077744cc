/** What runs a plan. */
export const tools = ['aws-cli', 'cloudformation', 'terraform', 'azure-cli', 'bicep', 'gcloud', 'atlas-cli'] as const;

export type Tool = (typeof tools)[number];

/** Shells that commands are quoted for: bash, zsh, dash and the like, or PowerShell 5.1 and newer. */
export const shells = ['posix', 'powershell'] as const;

export type Shell = (typeof shells)[number];

/** VS Code's language ids for texts of the shells. */
export const shellLanguages: Readonly<Record<Shell, string>> = { posix: 'shellscript', powershell: 'powershell' };

/** Names a text in `src/messages/plan-text.ts`. */
export type PlanTitle = 'create-endpoint' | 'delete-endpoint' | 'describe-endpoint' | 'export-set-up' | 'atlas-action';

/** A file that the commands of a plan use; it has to be saved under its name beside where they run. */
export interface PlanFile {
  readonly name: string;
  /** VS Code's language id. */
  readonly language: 'terraform' | 'yaml' | 'bicep';
  readonly text: string;
}

/**
 * Something to run elsewhere, complete for the choices it was made from. Texts end with a newline; commands stop at the
 * first failure and can be run again, as far as their tool allows.
 */
export interface CommandPlan {
  readonly tool: Tool;
  readonly title: PlanTitle;
  /** Absent when the commands are all there is. */
  readonly file?: PlanFile;
  /** The commands, quoted for each shell. */
  readonly shells: Readonly<Record<Shell, string>>;
  /** What the last command prints can be pasted whole: `readCloudOutput` finds the registration in it. */
  readonly printsRegistration: boolean;
  /** Terraform: the output that the last command prints, alone. */
  readonly output?: string;
}
