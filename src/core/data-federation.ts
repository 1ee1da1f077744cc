import type { Provider } from './provider';

/**
 * Endpoint services of Data Federation and Online Archive on AWS by region in Atlas's spelling: one for each region, the
 * same for all customers (Atlas documentation, "Set Up a Private Endpoint for a Federated Database Instance").
 */
export const federationServices: Readonly<Record<string, string>> = {
  US_EAST_1: 'com.amazonaws.vpce.us-east-1.vpce-svc-00e311695874992b4',
  US_WEST_2: 'com.amazonaws.vpce.us-west-2.vpce-svc-09d86b19e59d1b4bb',
  CA_CENTRAL_1: 'com.amazonaws.vpce.ca-central-1.vpce-svc-08564bb8ccae8ba64',
  SA_EAST_1: 'com.amazonaws.vpce.sa-east-1.vpce-svc-0b56e75e8cdf50044',
  EU_WEST_1: 'com.amazonaws.vpce.eu-west-1.vpce-svc-0824460b72e1a420e',
  EU_WEST_2: 'com.amazonaws.vpce.eu-west-2.vpce-svc-052f1840aa0c4f1f9',
  EU_CENTRAL_1: 'com.amazonaws.vpce.eu-central-1.vpce-svc-0ac8ce91871138c0d',
  AP_NORTHEAST_1: 'com.amazonaws.vpce.ap-northeast-1.vpce-svc-0b63834ecd618a332',
  AP_SOUTH_1: 'com.amazonaws.vpce.ap-south-1.vpce-svc-03eb8a541f96d356d',
  AP_SOUTHEAST_1: 'com.amazonaws.vpce.ap-southeast-1.vpce-svc-07728d2dfd2860efb',
  AP_SOUTHEAST_2: 'com.amazonaws.vpce.ap-southeast-2.vpce-svc-036f1de74d761706e',
};

/** Clouds on which Data Federation and Online Archive have private endpoints (schema `PrivateNetworkEndpointIdEntry`). */
export const federationProviders = ['AWS', 'AZURE'] as const satisfies readonly Provider[];

export type FederationProvider = (typeof federationProviders)[number];

/**
 * Regions with an endpoint service for them, Atlas's spelling, by what the API calls the region of a federated database
 * (schemas `ApiAtlasDataLakeAWSRegionView` and `AtlasDataFederationAzureRegion`). Seoul has no endpoint service.
 */
export const federationRegions: Readonly<Record<FederationProvider, Readonly<Record<string, string>>>> = {
  AWS: {
    VIRGINIA_USA: 'US_EAST_1',
    OREGON_USA: 'US_WEST_2',
    MONTREAL_CAN: 'CA_CENTRAL_1',
    SAOPAULO_BRA: 'SA_EAST_1',
    DUBLIN_IRL: 'EU_WEST_1',
    LONDON_GBR: 'EU_WEST_2',
    FRANKFURT_DEU: 'EU_CENTRAL_1',
    TOKYO_JPN: 'AP_NORTHEAST_1',
    MUMBAI_IND: 'AP_SOUTH_1',
    SINGAPORE_SGP: 'AP_SOUTHEAST_1',
    SYDNEY_AUS: 'AP_SOUTHEAST_2',
  },
  AZURE: { VIRGINIA_USA: 'US_EAST_2', AMSTERDAM_NLD: 'EUROPE_WEST', SAOPAULO_BRA: 'BRAZIL_SOUTH' },
};
