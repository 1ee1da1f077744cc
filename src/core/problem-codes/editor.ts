/** Codes for what can go wrong in the editor: accounts, files, the sandbox process. Stable once shipped. */
export const editorProblemCodes = [
  /** Something unforeseen: the log has the details. */
  'UNEXPECTED',
  /** The extension could not start: evidence says why. */
  'ACTIVATION_FAILED',
  /** No account is signed in. */
  'ACCOUNT_NONE',
  /** The secret of an account is gone from the secret storage. */
  'ACCOUNT_SECRET_MISSING',
  /** Secrets last only as long as the window: no keyring. */
  'ACCOUNT_NOT_PERSISTED',
  /** The sandbox process did not start: evidence says why. */
  'SANDBOX_NOT_STARTED',
  /** The sandbox process has ended by itself again and again, and is not started any more. */
  'SANDBOX_KEEPS_ENDING',
  /** Nothing to choose a connection string from: parameter `reason` is a word of `core` or a sentence. */
  'STRING_UNAVAILABLE',
  /** A command needs a text editor and there is none. */
  'EDITOR_NONE',
  /** The document cannot be changed. */
  'EDITOR_READ_ONLY',
  /** The literal or setting at the cursor has no way to hold a connection string, or to read a variable. */
  'EDITOR_CANNOT_HOLD',
  'EDITOR_CONSTANT',
  /** The connection string that a command was called for is not in its document any more. */
  'EDITOR_STRING_GONE',
  /** The workspace has no connection string that could be tested. */
  'EDITOR_NO_STRINGS',
  /** A file is needed in a folder and no folder is open. */
  'FOLDER_NONE',
  /** A variable of this name is in the file already: parameter `file`. */
  'DOTENV_VARIABLE_EXISTS',
  /** The workspace is not trusted: parameter `action`. */
  'WORKSPACE_UNTRUSTED',
  /** A setting has a value that cannot be used: parameters `setting`, `expected`. */
  'SETTING_INVALID',
  /** The sandbox has no web pages to open. */
  'NO_WEB_PAGE',
  /** No report of a test yet. */
  'REPORT_NONE',
  /** A text holds no report of the helper that can be read: parameter `reason` is `no-block`, `no-json` or `version`. */
  'REPORT_UNREADABLE',
  /**
   * A test on another machine left no report: subject the machine, parameters `step` (a `MachineStep`; empty when none
   * was begun), `status` of the script (empty when its terminal was closed) and `tool` that leads to the machine.
   */
  'MACHINE_TEST_FAILED',
] as const;

export type EditorProblemCode = (typeof editorProblemCodes)[number];
