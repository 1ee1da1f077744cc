import { fromNodeProviderChain } from '@aws-sdk/credential-providers';

/** What signs AWS requests; lives in memory only. */
export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  /** Absent: never. */
  readonly expiration?: Date;
}

/** Credentials of a profile, or of the usual chain: environment, default profile, container or instance role. */
export async function awsCredentials(profile: string | undefined): Promise<AwsCredentials> {
  const provide = fromNodeProviderChain(profile === undefined ? {} : { profile });
  const { accessKeyId, secretAccessKey, sessionToken } = await provide();
  return { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) };
}
