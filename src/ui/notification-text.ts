/**
 * A text as a notification shows it. Notifications make links of Markdown's form, also such as run commands, and a part of
 * the text may be a stranger's answer: a space of no width keeps it text.
 */
export function notificationText(text: string): string {
  return text.replaceAll('](', ']\u200b(');
}
