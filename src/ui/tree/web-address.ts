import type { TreeElement } from './elements';

/**
 * The page of Atlas's web interface about an element: clusters' own page, network access for endpoints, else the
 * project's or the organization's. `baseUrl` as the account has it.
 */
export function webAddressOf(baseUrl: string, element: TreeElement): string | undefined {
  const base = baseUrl.replace(/\/+$/, '');
  const inProject = (projectId: string, page: string): string => `${base}/v2/${encodeURIComponent(projectId)}#/${page}`;
  switch (element.kind) {
    case 'account':
      return base;
    case 'organization':
      return `${base}/v2#/org/${encodeURIComponent(element.organizationId)}/projects`;
    case 'project':
      return inProject(element.projectId, 'overview');
    case 'deployment':
      return inProject(
        element.projectId,
        `${webFolders[element.deploymentKind]}/detail/${encodeURIComponent(element.name)}`,
      );
    case 'branch':
      return inProject(element.projectId, branchPages[element.branch]);
    case 'service':
    case 'endpoint':
      return inProject(element.projectId, 'security/network/privateEndpoint');
    case 'serverless-endpoint':
      return inProject(element.projectId, 'security/network/privateEndpoint/serverless');
    case 'federation-endpoint':
      return inProject(element.projectId, 'security/network/privateEndpoint/dataFederation');
    case 'federated-database':
    case 'archive':
      return inProject(element.projectId, 'federation');
    case 'more':
    case 'retry':
    case 'note':
      return undefined;
  }
}

const webFolders = { dedicated: 'clusters', shared: 'clusters', flex: 'flex', serverless: 'serverless' } as const;

const branchPages = {
  clusters: 'clusters',
  services: 'security/network/privateEndpoint',
  federation: 'security/network/privateEndpoint/dataFederation',
} as const;
