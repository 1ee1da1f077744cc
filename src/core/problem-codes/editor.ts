/** Codes for what can go wrong in the editor: accounts, files, the sandbox process. Stable once shipped. */
export const editorProblemCodes = [
  /** Something unforeseen: the log has the details. */
  'UNEXPECTED',
] as const;

export type EditorProblemCode = (typeof editorProblemCodes)[number];
