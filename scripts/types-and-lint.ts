// npm run types-and-lint
//
// What `npm run types` and ESLint say, by one look at the code: to find out the types of everything is most of the work
// of either.
import { ESLint } from 'eslint';
import { join } from 'node:path';
import ts from 'typescript';
import { root } from './root';

/** Folders with a tsconfig.json, and the files that it is for: of several the last. */
const projects = [
  { folder: '.', files: '**/*.{ts,tsx}' },
  { folder: 'webview', files: 'webview/**/*.{ts,tsx}' },
  { folder: 'test/e2e/page', files: 'test/e2e/page/**/*.{ts,tsx}' },
];

const forTerminal: ts.FormatDiagnosticsHost = {
  getCanonicalFileName: (file) => file,
  getCurrentDirectory: () => root,
  getNewLine: () => '\n',
};

/** The program of a tsconfig.json. */
function programOf(folder: string): ts.Program {
  const file = join(root, folder, 'tsconfig.json');
  const { config, error } = ts.readConfigFile(file, (path) => ts.sys.readFile(path)) as {
    readonly config?: unknown;
    readonly error?: ts.Diagnostic;
  };
  const read = ts.parseJsonConfigFileContent(config, ts.sys, join(root, folder), {}, file);
  const errors = [...(error === undefined ? [] : [error]), ...read.errors];
  if (errors.length > 0) throw new Error(ts.formatDiagnostics(errors, forTerminal));
  return ts.createProgram(read.fileNames, read.options);
}

const programs = projects.map(({ folder, files }) => ({ files, program: programOf(folder) }));
const diagnostics = programs.flatMap(({ program }) => ts.getPreEmitDiagnostics(program));
if (diagnostics.length > 0) console.error(ts.formatDiagnosticsWithColorAndContext(diagnostics, forTerminal));

const eslint = new ESLint({
  cwd: root,
  overrideConfig: programs.map(({ files, program }) => ({
    files: [files],
    languageOptions: { parserOptions: { projectService: false, programs: [program] } },
  })),
});
const results = await eslint.lintFiles('.');
const formatter = await eslint.loadFormatter('stylish');
const complaints = await formatter.format(results);
if (complaints !== '') console.error(complaints);

const isFaulty =
  diagnostics.length > 0 || results.some(({ errorCount, fatalErrorCount }) => errorCount + fatalErrorCount > 0);
console.log(`${String(results.length)} files: ${isFaulty ? 'see above' : 'nothing to say'}`);
process.exitCode = isFaulty ? 1 : 0;
