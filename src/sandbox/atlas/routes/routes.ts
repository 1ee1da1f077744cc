import type { AtlasRoute } from '../route';
import { accessRoutes } from './access';
import { clusterRoutes } from './clusters';
import { dataFederationRoutes } from './data-federation';
import { endpointServiceRoutes } from './endpoint-services';
import { endpointRoutes } from './endpoints';
import { projectRoutes } from './projects';
import { serverlessRoutes } from './serverless';

/** Every operation of the API that the sandbox answers. */
export const atlasRoutes: readonly AtlasRoute[] = [
  ...projectRoutes,
  ...clusterRoutes,
  ...endpointServiceRoutes,
  ...endpointRoutes,
  ...serverlessRoutes,
  ...dataFederationRoutes,
  ...accessRoutes,
];
