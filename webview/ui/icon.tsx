/** A codicon as decoration: words say the same. */
export function Icon({ name, class: extra }: { readonly name: string; readonly class?: string | undefined }) {
  return <i class={`codicon codicon-${name}${extra === undefined ? '' : ` ${extra}`}`} aria-hidden="true" />;
}
