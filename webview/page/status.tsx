import { t } from '@vscode/l10n';
import type {
  AvailabilityView,
  EndpointView,
  EntityView,
  RegionalizedView,
  StatusSection,
  TargetsView,
} from '../protocol';
import { Icon } from '../ui/icon';
import { Actions, isDangerous } from './actions';
import { DetailsList } from './details-list';
import { FieldGroups } from './fields';
import { Findings, FindingView } from './findings';
import { Fold } from './fold';
import { PathPicture } from './path-picture';
import { StatusBadge, StatusLine } from './status-line';
import { TestResult } from './test-result';
import { severityIcons } from './tone';

/** So many endpoints show in full; of more, each shows its status and opens on demand. */
const openEndpoints = 3;

/** So many endpoints fill a window with their closed cards. */
const firstEndpoints = 15;

export interface StatusProps {
  readonly status: StatusSection;
  /** Draws what stands below the first window, too. */
  readonly rest: boolean;
}

/** What exists and how it stands. */
export function Status({ status, rest }: StatusProps) {
  const { service, endpoints } = status;
  return (
    <section aria-labelledby="status-title">
      <h2 id="status-title">{t('Status')}</h2>
      {service === undefined ? null : <Entity entity={service} />}
      {endpoints.length === 0 ? (
        <p class="empty">{t('There is no endpoint yet.')}</p>
      ) : (
        <ul class="cards">
          {endpoints.slice(0, rest ? undefined : firstEndpoints).map((endpoint) => (
            <li key={endpoint.id}>
              <Endpoint endpoint={endpoint} open={endpoints.length <= openEndpoints} />
            </li>
          ))}
        </ul>
      )}
      {rest ? <Surroundings status={status} /> : null}
    </section>
  );
}

/** What an endpoint depends on and what hangs on it. */
function Surroundings({ status }: Pick<StatusProps, 'status'>) {
  const { path, availability, targets, limits, fieldGroups, cloud, tests, regionalized } = status;
  return (
    <>
      {path === undefined ? null : (
        <>
          <h3>{t('Path')}</h3>
          <PathPicture path={path} />
        </>
      )}
      {tests.length === 0 ? null : (
        <>
          <h3>{t('Last tests')}</h3>
          {tests.map((test) => (
            <TestResult key={test.id} test={test} />
          ))}
        </>
      )}
      {availability === undefined ? null : <Availability availability={availability} />}
      {targets.length === 0 ? null : (
        <>
          <h3>{t('Addressable targets')}</h3>
          {targets.map((target) => (
            <Targets key={target.region} targets={target} />
          ))}
        </>
      )}
      {cloud.length + fieldGroups.length === 0 ? null : (
        <>
          <h3>{t('In the cloud account')}</h3>
          <FieldGroups groups={fieldGroups} place="status" />
          <Findings findings={cloud} />
        </>
      )}
      {limits.length === 0 ? null : (
        <>
          <h3>{t('Limits')}</h3>
          <Findings findings={limits} />
        </>
      )}
      {regionalized === undefined ? null : <Regionalized regionalized={regionalized} />}
    </>
  );
}

function Entity({ entity }: { readonly entity: EntityView }) {
  return (
    <section class="card">
      <h3>{entity.title}</h3>
      <EntityBody
        entity={{ ...entity, actions: entity.actions.filter((action) => !isDangerous(action)) }}
        about={entity.title}
      />
    </section>
  );
}

interface EntityBodyProps {
  readonly entity: EntityView;
  /** Tells its buttons from those of others, in words. */
  readonly about: string;
  readonly cloud?: EndpointView['cloudStatus'];
}

function EntityBody({ entity: { status, details, actions }, about, cloud }: EntityBodyProps) {
  return (
    <>
      <StatusLine status={status} />
      {cloud === undefined ? null : <StatusLine status={cloud} />}
      <DetailsList details={details} about={about} />
      <Actions actions={actions} about={about} />
    </>
  );
}

function Endpoint({ endpoint, open }: { readonly endpoint: EndpointView; readonly open: boolean }) {
  const { title, shortId, status, cloudStatus } = endpoint;
  return (
    <Fold
      class="card"
      open={open}
      summary={
        <>
          <h3>
            {title} <code>{shortId}</code>
          </h3>
          <StatusBadge status={status} />
        </>
      }
    >
      {() => <EntityBody entity={endpoint} about={`${title} ${shortId}`} cloud={cloudStatus} />}
    </Fold>
  );
}

function Availability({ availability: { verdict, zones } }: { readonly availability: AvailabilityView }) {
  return (
    <>
      <h3>{t('Availability')}</h3>
      <FindingView finding={verdict} />
      {zones.length === 0 ? null : (
        <div class="table-frame" tabIndex={0} role="region" aria-label={t('Availability')}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t('Availability zone')}</th>
                <th scope="col">{t('Subnets and addresses')}</th>
                <th scope="col">{t('Covered')}</th>
              </tr>
            </thead>
            <tbody>
              {zones.map(({ zone, subnets, covered, coveredText }) => (
                <tr key={zone}>
                  <th scope="row">{zone}</th>
                  <td>
                    {subnets.map(({ id, cidr, addresses }) => (
                      <p key={id}>
                        <code>{id}</code> {cidr} {addresses.join(', ')}
                      </p>
                    ))}
                  </td>
                  <td>
                    <Icon
                      name={covered ? 'pass-filled' : 'circle-large-outline'}
                      class={covered ? 'path-passed' : 'path-untested'}
                    />{' '}
                    {coveredText}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}

function Targets({ targets: { region, used, limit, text, severity, parts } }: { readonly targets: TargetsView }) {
  const share = limit <= 0 ? 0 : Math.min(1, used / limit);
  return (
    <div class={`targets severity-${severity}`}>
      <p>
        <Icon name={severityIcons[severity]} class={`severity-${severity}`} /> <strong>{region}</strong> {text}
      </p>
      <div
        class="meter"
        role="meter"
        aria-label={t('Addressable targets in {0}', region)}
        aria-valuemin={0}
        aria-valuemax={limit}
        aria-valuenow={Math.min(used, limit)}
        aria-valuetext={text}
      >
        <svg viewBox="0 0 100 1" preserveAspectRatio="none">
          <rect width={share * 100} height="1" />
        </svg>
      </div>
      {parts.length === 0 ? null : (
        <ul class="parts">
          {parts.map(({ label, count }) => (
            <li key={label}>
              {label}: {count}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Regionalized({
  regionalized: { enabled, text, findings, actions },
}: {
  readonly regionalized: RegionalizedView;
}) {
  return (
    <>
      <h3>{t('Regionalized private endpoints')}</h3>
      <p>
        <Icon
          name={enabled ? 'pass-filled' : 'circle-large-outline'}
          class={enabled ? 'path-passed' : 'path-untested'}
        />{' '}
        {text}
      </p>
      <Findings findings={findings} />
      <Actions actions={actions} />
    </>
  );
}
