/** A flag with its value; joined by `=` when the value could be taken for a flag itself. */
export function flag(name: string, value: string): readonly string[] {
  return value.startsWith('-') ? [`--${name}=${value}`] : [`--${name}`, value];
}
