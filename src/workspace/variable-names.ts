/** A name that programs read their connection string from. */
export interface VariableName {
  readonly name: string;
  /** What uses it, for the person who chooses; absent for names that everybody uses. */
  readonly usedBy?: string;
  /** Files of a project (base names or ends of paths) that make it the likely one. */
  readonly evidence?: readonly RegExp[];
}

/** Environment variables by how common they are. Names of frameworks are those of their documentation. */
export const variableNames: readonly VariableName[] = [
  { name: 'MONGODB_URI' },
  {
    name: 'SPRING_DATA_MONGODB_URI',
    usedBy: 'Spring Boot',
    evidence: [/(?:^|\/)application(?:-[\w-]+)?\.(?:properties|ya?ml)$/],
  },
  { name: 'SPRING_MONGODB_URI', usedBy: 'Spring Boot 4' },
  {
    name: 'ConnectionStrings__MongoDB',
    usedBy: 'ASP.NET Core',
    evidence: [/(?:^|\/)appsettings(?:\.\w+)?\.json$/, /\.(?:cs|fs|vb)proj$/],
  },
  { name: 'DATABASE_URL', usedBy: 'Prisma', evidence: [/(?:^|\/)schema\.prisma$/] },
  { name: 'QUARKUS_MONGODB_CONNECTION_STRING', usedBy: 'Quarkus' },
  { name: 'MONGO_URL', usedBy: 'Meteor', evidence: [/(?:^|\/)\.meteor\//] },
  { name: 'MONGODB_URL', usedBy: 'Symfony', evidence: [/(?:^|\/)doctrine_mongodb\.ya?ml$/] },
  { name: 'DB_URI', usedBy: 'Laravel' },
  { name: 'MONGO_URI' },
  { name: 'ATLAS_URI' },
  { name: 'DATABASE_URI', usedBy: 'Payload', evidence: [/(?:^|\/)payload\.config\.[jt]s$/] },
  { name: 'PARSE_SERVER_DATABASE_URI', usedBy: 'Parse Server' },
  { name: 'MONGODB_CONNECTION_STRING' },
  { name: 'MONGO_CONNECTION_STRING' },
];

/** Keys of settings files and identifiers in code that hold a connection string, in lower case, `_ . - : __` left out. */
const otherNames = new Set([
  'mongo',
  'mongodb',
  'mongodbconnection',
  'mongodbconnectionstring',
  'mongoconnectionstring',
  'mongodburi',
  'mongodburl',
  'mongouri',
  'mongourl',
  'mongodsn',
  'atlasuri',
  'atlasurl',
  'springdatamongodburi',
  'springmongodburi',
  'quarkusmongodbconnectionstring',
  'connectionstringsmongodb',
]);

/**
 * True for a variable or a key of a settings file that holds a connection string by convention: `MONGODB_URI`,
 * `spring.data.mongodb.uri`, `ConnectionStrings:MongoDB`, `mongodbUri`. Names that other databases share
 * (`DATABASE_URL`) count, too: what is offered there is only offered.
 */
export function holdsConnectionString(name: string): boolean {
  const plain = name.toLowerCase().replace(/[_.:-]/g, '');
  return otherNames.has(plain) || variableNames.some((one) => one.name.toLowerCase().replaceAll('_', '') === plain);
}

/**
 * Names to choose from for a project, the likeliest first: those that its dotenv file already gives a connection
 * string, those that its files speak for, then the others by how common they are.
 */
export function variableNamesFor(project: {
  /** Paths in the project, relative, with `/`; some are enough. */
  readonly files: readonly string[];
  /** Variables of its dotenv file that hold a connection string. */
  readonly inUse: readonly string[];
}): readonly VariableName[] {
  const used = project.inUse.map((name) => variableNames.find((one) => one.name === name) ?? { name });
  const spoken = variableNames.filter(({ evidence = [] }) =>
    evidence.some((pattern) => project.files.some((file) => pattern.test(file))),
  );
  return [...new Set([...used, ...spoken, ...variableNames])];
}
