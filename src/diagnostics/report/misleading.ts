/** Control and direction characters (Unicode `Bidi_Control`): with them a line reads as something else than it is. */
const misleading = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** What a server said, to be shown in a report: every misleading character as U+FFFD, so that it is seen. */
export function withoutMisleading(text: string): string {
  return text.replace(misleading, '\ufffd');
}
