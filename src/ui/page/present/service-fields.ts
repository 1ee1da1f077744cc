import { t } from '@vscode/l10n';
import type { Detail, FieldGroup, FieldOption } from '../../../../webview/protocol';
import type { EndpointService } from '../../../core/endpoint';
import { providerNames, providers, type Provider } from '../../../core/provider';
import { regionLabel, regionsOf, toCloudRegion } from '../../../core/region';
import { shortList } from '../../../messages/short-list';
import { flagIn, textIn } from '../../../setup/draft';
import type { PageModel, ServerlessSubject, ServiceSubject } from '../model';
import { placesOf, type Place } from '../places';
import { createFields } from './fields';
import { detail, present } from './views';

/** What to create, as long as nothing exists. */
export function serviceFields(model: PageModel, subject: ServiceSubject): readonly FieldGroup[] {
  if (subject.service !== undefined && model.ref.kind === 'service') return [];
  const fields = createFields(model);
  const { draft } = model;
  const { provider, region } = subject;
  const places = placesOf(model.project.value);
  const clustersAt = (one: Provider): number =>
    new Set(places.filter((place) => place.provider === one).flatMap(({ clusters }) => clusters)).size;
  return [
    {
      id: 'place',
      legend: t('Where'),
      hint: t('A cluster needs an endpoint service in each of its regions: its private connection strings come then.'),
      fields: [
        fields.radio(
          'provider',
          t('Cloud provider'),
          provider,
          providers.map((one) => ({
            value: one,
            label: providerNames[one].cloud,
            description: clustersText(providerNames[one].feature, clustersAt(one)),
          })),
        ),
        fields.select('region', t('Region'), region, regionOptions(provider, places)),
        ...(provider === 'GCP'
          ? [
              fields.checkbox(
                'portMapping',
                t('Port-mapped: one address for all nodes'),
                flagIn(draft, 'portMapping', true),
                {
                  hint: t(
                    'Recommended. Without it every node needs an address and a forwarding rule of its own, 50 in all, and Atlas switches it off on April 30, 2027. It cannot be changed later.',
                  ),
                },
              ),
            ]
          : []),
        ...(provider === 'AWS'
          ? [
              fields.text('remoteRegions', t('Other AWS regions that may connect'), textIn(draft, 'remoteRegions'), {
                required: false,
                placeholder: 'eu-west-1, us-west-2',
                hint: t('For interface endpoints in another region than the clusters. Most set-ups need none.'),
              }),
            ]
          : []),
      ],
    },
  ];
}

function clustersText(feature: string, count: number): string {
  if (count === 0) return feature;
  return count === 1 ? t('{0}, 1 cluster', feature) : t('{0}, {1} clusters', feature, count);
}

function regionOptions(provider: Provider, places: readonly Place[]): readonly FieldOption[] {
  const sensible = places.filter((place) => place.provider === provider);
  const first = sensible.map(({ region, clusters, covered }): FieldOption => ({
    value: region,
    label: regionLabel(provider, region),
    description: covered ? t('has an endpoint service; clusters: {0}', shortList(clusters)) : shortList(clusters),
    group: t('Regions of your clusters'),
  }));
  const others = regionsOf(provider)
    .filter(({ atlas }) => !sensible.some(({ region }) => region === atlas))
    .map(({ atlas }): FieldOption => ({
      value: atlas,
      label: regionLabel(provider, atlas),
      group: t('Other regions'),
    }));
  return [...first, ...others];
}

/** What Atlas says of the service. */
export function serviceDetails(service: EndpointService): readonly Detail[] {
  const { provider, region, id } = service;
  return present([
    detail('service-id', t('Endpoint service ID at Atlas'), id),
    detail('service-region', t('Region'), `${regionLabel(provider, region)} · ${region}`, false),
    ...ofProvider(service),
  ]);
}

function ofProvider(service: EndpointService): readonly (Detail | undefined)[] {
  switch (service.provider) {
    case 'AWS':
      return [
        detail('service-name', t('Endpoint service name'), service.endpointServiceName),
        detail(
          'service-remote',
          t('Other AWS regions that may connect'),
          service.supportedRemoteRegions.map((region) => toCloudRegion('AWS', region)).join(', '),
          false,
        ),
      ];
    case 'AZURE':
      return [
        detail('service-name', t('Private Link service name'), service.privateLinkServiceName),
        detail('service-resource', t('Private Link service resource ID'), service.privateLinkServiceResourceId),
      ];
    case 'GCP':
      return [
        detail(
          'service-form',
          t('Form'),
          service.portMappingEnabled
            ? t('Port-mapped, one address')
            : t(
                'One address for each of {0} nodes. Atlas switches this form off on April 30, 2027: endpoints of it stop working then.',
                service.serviceAttachmentNames.length,
              ),
          false,
        ),
        detail('service-attachments', t('Service attachments'), service.serviceAttachmentNames.join('\n')),
      ];
  }
}

/** What Atlas says of a reservation. */
export function reservationDetails({ endpoint }: ServerlessSubject): readonly Detail[] {
  if (endpoint === undefined) return [];
  return present([
    detail('reservation-id', t('Endpoint ID at Atlas'), endpoint.id),
    detail('service-name', t('Endpoint service name'), endpoint.endpointServiceName),
    detail('service-resource', t('Private Link service resource ID'), endpoint.privateLinkServiceResourceId),
    detail('comment', t('Comment'), endpoint.comment, false),
  ]);
}

/** The comment of a reservation that is to be made. */
export function reservationFields(model: PageModel, subject: ServerlessSubject): readonly FieldGroup[] {
  if (subject.endpoint !== undefined) return [];
  return [
    {
      id: 'reservation',
      legend: t('Reservation'),
      fields: [
        createFields(model).text('comment', t('Comment'), textIn(model.draft, 'comment'), {
          required: false,
          code: false,
        }),
      ],
    },
  ];
}
