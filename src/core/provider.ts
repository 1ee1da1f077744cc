/** The clouds that Atlas offers private endpoints on, in the API's spelling. */
export const providers = ['AWS', 'AZURE', 'GCP'] as const;

export type Provider = (typeof providers)[number];

/** Text for a provider that is a proper name and needs no translation. */
export const providerNames: Readonly<Record<Provider, { readonly cloud: string; readonly feature: string }>> = {
  AWS: { cloud: 'AWS', feature: 'AWS PrivateLink' },
  AZURE: { cloud: 'Azure', feature: 'Azure Private Link' },
  GCP: { cloud: 'Google Cloud', feature: 'Private Service Connect' },
};

export function isProvider(value: unknown): value is Provider {
  return (providers as readonly unknown[]).includes(value);
}
