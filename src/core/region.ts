import type { Provider } from './provider';

/** A region in both spellings: Atlas's (`US_EAST_1`) and the cloud's own (`us-east-1`). */
export interface Region {
  readonly atlas: string;
  readonly cloud: string;
  /** Where it is, a proper name in the cloud's own words. */
  readonly name: string;
}

type Row = readonly [atlas: string, cloud: string, name: string];

/**
 * Atlas's spellings are those of the cluster description's `regionName` (operation getGroupCluster); the clouds' are
 * their own. Azure and Google Cloud follow no rule, hence a table.
 */
const rows: Readonly<Record<Provider, readonly Row[]>> = {
  AWS: [
    ['US_EAST_1', 'us-east-1', 'N. Virginia'],
    ['US_EAST_2', 'us-east-2', 'Ohio'],
    ['US_WEST_1', 'us-west-1', 'N. California'],
    ['US_WEST_2', 'us-west-2', 'Oregon'],
    ['US_GOV_EAST_1', 'us-gov-east-1', 'GovCloud US-East'],
    ['US_GOV_WEST_1', 'us-gov-west-1', 'GovCloud US-West'],
    ['CA_CENTRAL_1', 'ca-central-1', 'Montreal'],
    ['CA_WEST_1', 'ca-west-1', 'Calgary'],
    ['MX_CENTRAL_1', 'mx-central-1', 'Mexico'],
    ['SA_EAST_1', 'sa-east-1', 'São Paulo'],
    ['EU_NORTH_1', 'eu-north-1', 'Stockholm'],
    ['EU_WEST_1', 'eu-west-1', 'Ireland'],
    ['EU_WEST_2', 'eu-west-2', 'London'],
    ['EU_WEST_3', 'eu-west-3', 'Paris'],
    ['EU_CENTRAL_1', 'eu-central-1', 'Frankfurt'],
    ['EU_CENTRAL_2', 'eu-central-2', 'Zurich'],
    ['EU_SOUTH_1', 'eu-south-1', 'Milan'],
    ['EU_SOUTH_2', 'eu-south-2', 'Spain'],
    ['ME_SOUTH_1', 'me-south-1', 'Bahrain'],
    ['ME_CENTRAL_1', 'me-central-1', 'UAE'],
    ['IL_CENTRAL_1', 'il-central-1', 'Tel Aviv'],
    ['AF_SOUTH_1', 'af-south-1', 'Cape Town'],
    ['AP_EAST_1', 'ap-east-1', 'Hong Kong'],
    ['AP_EAST_2', 'ap-east-2', 'Taipei'],
    ['AP_NORTHEAST_1', 'ap-northeast-1', 'Tokyo'],
    ['AP_NORTHEAST_2', 'ap-northeast-2', 'Seoul'],
    ['AP_NORTHEAST_3', 'ap-northeast-3', 'Osaka'],
    ['AP_SOUTHEAST_1', 'ap-southeast-1', 'Singapore'],
    ['AP_SOUTHEAST_2', 'ap-southeast-2', 'Sydney'],
    ['AP_SOUTHEAST_3', 'ap-southeast-3', 'Jakarta'],
    ['AP_SOUTHEAST_4', 'ap-southeast-4', 'Melbourne'],
    ['AP_SOUTHEAST_5', 'ap-southeast-5', 'Malaysia'],
    ['AP_SOUTHEAST_6', 'ap-southeast-6', 'New Zealand'],
    ['AP_SOUTHEAST_7', 'ap-southeast-7', 'Thailand'],
    ['AP_SOUTH_1', 'ap-south-1', 'Mumbai'],
    ['AP_SOUTH_2', 'ap-south-2', 'Hyderabad'],
    ['CN_NORTH_1', 'cn-north-1', 'Beijing'],
    ['CN_NORTHWEST_1', 'cn-northwest-1', 'Ningxia'],
  ],
  AZURE: [
    ['US_CENTRAL', 'centralus', 'Central US'],
    ['US_EAST', 'eastus', 'East US'],
    ['US_EAST_2', 'eastus2', 'East US 2'],
    ['US_NORTH_CENTRAL', 'northcentralus', 'North Central US'],
    ['US_SOUTH_CENTRAL', 'southcentralus', 'South Central US'],
    ['US_WEST', 'westus', 'West US'],
    ['US_WEST_2', 'westus2', 'West US 2'],
    ['US_WEST_3', 'westus3', 'West US 3'],
    ['US_WEST_CENTRAL', 'westcentralus', 'West Central US'],
    ['EUROPE_NORTH', 'northeurope', 'North Europe'],
    ['EUROPE_WEST', 'westeurope', 'West Europe'],
    ['CANADA_EAST', 'canadaeast', 'Canada East'],
    ['CANADA_CENTRAL', 'canadacentral', 'Canada Central'],
    ['BRAZIL_SOUTH', 'brazilsouth', 'Brazil South'],
    ['BRAZIL_SOUTHEAST', 'brazilsoutheast', 'Brazil Southeast'],
    ['MEXICO_CENTRAL', 'mexicocentral', 'Mexico Central'],
    ['AUSTRALIA_CENTRAL', 'australiacentral', 'Australia Central'],
    ['AUSTRALIA_CENTRAL_2', 'australiacentral2', 'Australia Central 2'],
    ['AUSTRALIA_EAST', 'australiaeast', 'Australia East'],
    ['AUSTRALIA_SOUTH_EAST', 'australiasoutheast', 'Australia Southeast'],
    ['NEW_ZEALAND_NORTH', 'newzealandnorth', 'New Zealand North'],
    ['GERMANY_WEST_CENTRAL', 'germanywestcentral', 'Germany West Central'],
    ['GERMANY_NORTH', 'germanynorth', 'Germany North'],
    ['SWEDEN_CENTRAL', 'swedencentral', 'Sweden Central'],
    ['SWEDEN_SOUTH', 'swedensouth', 'Sweden South'],
    ['SWITZERLAND_NORTH', 'switzerlandnorth', 'Switzerland North'],
    ['SWITZERLAND_WEST', 'switzerlandwest', 'Switzerland West'],
    ['UK_SOUTH', 'uksouth', 'UK South'],
    ['UK_WEST', 'ukwest', 'UK West'],
    ['NORWAY_EAST', 'norwayeast', 'Norway East'],
    ['NORWAY_WEST', 'norwaywest', 'Norway West'],
    ['INDIA_CENTRAL', 'centralindia', 'Central India'],
    ['INDIA_SOUTH', 'southindia', 'South India'],
    ['INDIA_WEST', 'westindia', 'West India'],
    ['CHINA_EAST', 'chinaeast', 'China East'],
    ['CHINA_NORTH', 'chinanorth', 'China North'],
    ['ASIA_EAST', 'eastasia', 'East Asia'],
    ['ASIA_SOUTH_EAST', 'southeastasia', 'Southeast Asia'],
    ['JAPAN_EAST', 'japaneast', 'Japan East'],
    ['JAPAN_WEST', 'japanwest', 'Japan West'],
    ['KOREA_CENTRAL', 'koreacentral', 'Korea Central'],
    ['KOREA_SOUTH', 'koreasouth', 'Korea South'],
    ['FRANCE_CENTRAL', 'francecentral', 'France Central'],
    ['FRANCE_SOUTH', 'francesouth', 'France South'],
    ['SOUTH_AFRICA_NORTH', 'southafricanorth', 'South Africa North'],
    ['SOUTH_AFRICA_WEST', 'southafricawest', 'South Africa West'],
    ['UAE_CENTRAL', 'uaecentral', 'UAE Central'],
    ['UAE_NORTH', 'uaenorth', 'UAE North'],
    ['QATAR_CENTRAL', 'qatarcentral', 'Qatar Central'],
    ['POLAND_CENTRAL', 'polandcentral', 'Poland Central'],
    ['ISRAEL_CENTRAL', 'israelcentral', 'Israel Central'],
    ['ITALY_NORTH', 'italynorth', 'Italy North'],
    ['SPAIN_CENTRAL', 'spaincentral', 'Spain Central'],
    ['US_GOV_VIRGINIA', 'usgovvirginia', 'US Gov Virginia'],
    ['US_GOV_ARIZONA', 'usgovarizona', 'US Gov Arizona'],
    ['US_GOV_TEXAS', 'usgovtexas', 'US Gov Texas'],
  ],
  GCP: [
    ['CENTRAL_US', 'us-central1', 'Iowa'],
    ['EASTERN_US', 'us-east1', 'South Carolina'],
    ['US_EAST_4', 'us-east4', 'N. Virginia'],
    ['US_EAST_5', 'us-east5', 'Columbus'],
    ['WESTERN_US', 'us-west1', 'Oregon'],
    ['US_WEST_2', 'us-west2', 'Los Angeles'],
    ['US_WEST_3', 'us-west3', 'Salt Lake City'],
    ['US_WEST_4', 'us-west4', 'Las Vegas'],
    ['US_SOUTH_1', 'us-south1', 'Dallas'],
    ['NORTH_AMERICA_NORTHEAST_1', 'northamerica-northeast1', 'Montreal'],
    ['NORTH_AMERICA_NORTHEAST_2', 'northamerica-northeast2', 'Toronto'],
    ['NORTH_AMERICA_SOUTH_1', 'northamerica-south1', 'Querétaro'],
    ['SOUTH_AMERICA_EAST_1', 'southamerica-east1', 'São Paulo'],
    ['SOUTH_AMERICA_WEST_1', 'southamerica-west1', 'Santiago'],
    ['WESTERN_EUROPE', 'europe-west1', 'Belgium'],
    ['EUROPE_NORTH_1', 'europe-north1', 'Finland'],
    ['EUROPE_WEST_2', 'europe-west2', 'London'],
    ['EUROPE_WEST_3', 'europe-west3', 'Frankfurt'],
    ['EUROPE_WEST_4', 'europe-west4', 'Netherlands'],
    ['EUROPE_WEST_6', 'europe-west6', 'Zurich'],
    ['EUROPE_WEST_8', 'europe-west8', 'Milan'],
    ['EUROPE_WEST_9', 'europe-west9', 'Paris'],
    ['EUROPE_WEST_10', 'europe-west10', 'Berlin'],
    ['EUROPE_WEST_12', 'europe-west12', 'Turin'],
    ['EUROPE_SOUTHWEST_1', 'europe-southwest1', 'Madrid'],
    ['EUROPE_CENTRAL_2', 'europe-central2', 'Warsaw'],
    ['MIDDLE_EAST_CENTRAL_1', 'me-central1', 'Doha'],
    ['MIDDLE_EAST_CENTRAL_2', 'me-central2', 'Dammam'],
    ['MIDDLE_EAST_WEST_1', 'me-west1', 'Tel Aviv'],
    ['AUSTRALIA_SOUTHEAST_1', 'australia-southeast1', 'Sydney'],
    ['AUSTRALIA_SOUTHEAST_2', 'australia-southeast2', 'Melbourne'],
    ['AFRICA_SOUTH_1', 'africa-south1', 'Johannesburg'],
    ['EASTERN_ASIA_PACIFIC', 'asia-east1', 'Taiwan'],
    ['NORTHEASTERN_ASIA_PACIFIC', 'asia-northeast1', 'Tokyo'],
    ['SOUTHEASTERN_ASIA_PACIFIC', 'asia-southeast1', 'Singapore'],
    ['ASIA_EAST_2', 'asia-east2', 'Hong Kong'],
    ['ASIA_NORTHEAST_2', 'asia-northeast2', 'Osaka'],
    ['ASIA_NORTHEAST_3', 'asia-northeast3', 'Seoul'],
    ['ASIA_SOUTH_1', 'asia-south1', 'Mumbai'],
    ['ASIA_SOUTH_2', 'asia-south2', 'Delhi'],
    ['ASIA_SOUTHEAST_2', 'asia-southeast2', 'Jakarta'],
  ],
};

/** All regions of a provider that are known by name. */
export function regionsOf(provider: Provider): readonly Region[] {
  return rows[provider].map(([atlas, cloud, name]) => ({ atlas, cloud, name }));
}

/**
 * The region of a provider from either spelling, in any case; undefined when it is not known. Google Cloud's regions
 * with Atlas's suffix `_AW` are the same places. AWS regions that are newer than the table follow the rule that all
 * others keep: upper case, `_` for `-`.
 */
export function findRegion(provider: Provider, spelling: string): Region | undefined {
  const wanted = spelling.trim().toUpperCase();
  const found = rows[provider].find(
    ([atlas, cloud]) => atlas === wanted || cloud.toUpperCase() === wanted || `${atlas}_AW` === wanted,
  );
  if (found !== undefined) return { atlas: found[0], cloud: found[1], name: found[2] };
  const isAwsForm = /^[A-Z]{2}(?:[_-][A-Z]+)+[_-]\d+$/u.test(wanted);
  if (provider !== 'AWS' || !isAwsForm) return undefined;
  const cloud = wanted.toLowerCase().replaceAll('_', '-');
  return { atlas: wanted.replaceAll('-', '_'), cloud, name: cloud };
}

/** Atlas's spelling; the text as it is when the region is not known. */
export function toAtlasRegion(provider: Provider, spelling: string): string {
  return findRegion(provider, spelling)?.atlas ?? spelling;
}

/** The cloud's spelling; the text as it is when the region is not known. */
export function toCloudRegion(provider: Provider, spelling: string): string {
  return findRegion(provider, spelling)?.cloud ?? spelling;
}

/**
 * The spelling that the Admin API takes when a service is created: for AWS the cloud's, as the Atlas CLI and Terraform
 * send it; for Azure and Google Cloud Atlas's own, which the API answers with.
 */
export function toRequestRegion(provider: Provider, spelling: string): string {
  return provider === 'AWS' ? toCloudRegion(provider, spelling) : toAtlasRegion(provider, spelling);
}

/** For people: `N. Virginia (us-east-1)`; the spelling alone when the region is not known. */
export function regionLabel(provider: Provider, spelling: string): string {
  const region = findRegion(provider, spelling);
  if (region === undefined || region.name === region.cloud) return region?.cloud ?? spelling;
  return `${region.name} (${region.cloud})`;
}
