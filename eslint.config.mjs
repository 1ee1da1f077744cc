// @ts-check
import tseslint from 'typescript-eslint';

/**
 * The rooms of the house and what each may import, below `src/`. An arrow that is not here is an error.
 * `extension.ts` and `services.ts` compose everything and may import every room but the sandbox.
 */
const rooms = {
  core: [],
  messages: ['core'],
  'connection-string': ['core', 'messages'],
  atlas: ['core', 'messages', 'connection-string'],
  cloud: ['core', 'messages', 'connection-string'],
  diagnostics: ['core', 'messages', 'connection-string'],
  workspace: ['core', 'messages', 'connection-string'],
  store: ['core', 'messages', 'connection-string', 'atlas', 'cloud', 'diagnostics', 'workspace'],
  setup: ['core', 'messages', 'connection-string', 'atlas', 'cloud', 'store'],
  accounts: ['core', 'messages', 'connection-string', 'atlas', 'store'],
  ui: [
    'core',
    'messages',
    'connection-string',
    'atlas',
    'cloud',
    'diagnostics',
    'workspace',
    'store',
    'setup',
    'accounts',
  ],
  commands: [
    'core',
    'messages',
    'connection-string',
    'atlas',
    'cloud',
    'diagnostics',
    'workspace',
    'store',
    'setup',
    'accounts',
    'ui',
  ],
  helper: ['core', 'messages', 'connection-string', 'diagnostics'],
  sandbox: ['core'],
};

/** Rooms that may know the editor. */
const editorRooms = new Set(['accounts', 'ui', 'commands']);

const boundaries = Object.entries(rooms).map(([room, allowed]) => {
  const forbidden = Object.keys(rooms).filter((other) => other !== room && !allowed.includes(other));
  return {
    files: [`src/${room}/**/*.ts`],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: editorRooms.has(room) ? [] : [{ name: 'vscode', message: `src/${room} runs without the editor.` }],
          patterns: [
            ...(forbidden.length === 0
              ? []
              : [
                  {
                    regex: `^(\\.\\./)+(${forbidden.join('|')})(/|$)`,
                    message: `src/${room} may import only: ${allowed.join(', ') || 'nothing'}.`,
                  },
                ]),
            { regex: '^(\\.\\./)+(extension|services)$', message: 'Nothing imports the composition root.' },
          ],
        },
      ],
    },
  };
});

/** The component library is archived, so one folder names it. */
const libraryOnlyBehindWrappers = {
  regex: '^@(vscode/webview-ui-toolkit|microsoft/fast-)',
  message: 'Only webview/ui names the component library.',
};

export default tseslint.config(
  {
    ignores: [
      'dist/',
      'out/',
      '.vscode-test/',
      'coverage/',
      'node_modules/',
      'src/atlas/wire-types.ts',
      'src/sandbox/atlas/wire-types.ts',
    ],
  },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  ...boundaries,
  {
    files: ['webview/**/*.ts', 'webview/**/*.tsx'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            { regex: '^(\\.\\./)+(src|test)/', message: 'The page shares only webview/protocol.ts.' },
            libraryOnlyBehindWrappers,
          ],
        },
      ],
    },
  },
  {
    files: ['webview/ui/**/*.ts', 'webview/ui/**/*.tsx'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            { regex: '^(\\.\\./)+(src|test|page|protocol)(/|$)', message: 'Wrappers of elements know no page.' },
          ],
        },
      ],
    },
  },
  {
    files: [
      'src/helper/**',
      'src/sandbox/main.ts',
      'scripts/**',
      'test/bench/**',
      'test/browser/**',
      'test/host/run*.ts',
      'test/namespaces/{run,debian-tools}.ts',
      'test/vscode/**',
    ],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-floating-promises': 'error',
    },
  },
);
