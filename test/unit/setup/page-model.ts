import type { ProjectContents } from '../../../src/store/element';
import type { PageModel, Subject } from '../../../src/ui/page/model';

const projectId = '0123456789abcdef01234567';

/** A page's model about a project with nothing but what is given. */
export function pageModel(
  contents: Partial<ProjectContents>,
  subject: Subject,
  more: Partial<PageModel> = {},
): PageModel {
  return {
    ref: { kind: 'service', accountId: 'a', projectId, provider: 'AWS', serviceId: 'service' },
    account: { id: 'a', label: 'Work', kind: 'api-key', baseUrl: 'http://127.0.0.1' },
    projectName: 'project',
    now: 0,
    project: {
      value: {
        clusters: [],
        flexClusters: [],
        serverlessInstances: [],
        services: { AWS: [], AZURE: [], GCP: [] },
        regionalizedMode: false,
        federatedDatabases: [],
        dataFederationEndpoints: [],
        missing: [],
        ...contents,
      },
      loading: false,
    },
    subject,
    draft: {},
    findings: [],
    ui: {
      openCommands: new Set(),
      openElsewhere: new Set(),
      shell: 'posix',
      stepProblems: new Map(),
      fieldProblems: new Map(),
      since: new Map(),
      worked: false,
      wasGone: false,
    },
    reports: [],
    ...more,
  };
}
