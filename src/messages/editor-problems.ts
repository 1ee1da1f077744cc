import { t } from '@vscode/l10n';
import type { EditorProblemCode } from '../core/problem-codes/editor';
import type { ProblemTexts } from './problem-text';

export const editorProblems = {
  UNEXPECTED: ({ subject }) => ({
    title: t('Something unforeseen went wrong: {0}', subject),
    fixes: [t('Open the log "Atlas Private Endpoints" for details and try again.')],
  }),
  ACTIVATION_FAILED: ({ evidence }) => ({
    title: t('Private Endpoints could not start: {0}', evidence ?? t('unknown reason')),
    fixes: [t('Reload the window.'), t('Reinstall the extension if it fails again.')],
  }),
  ACCOUNT_NONE: () => ({
    title: t('No Atlas account is signed in.'),
    fixes: [t('Sign in to Atlas.'), t('Try the sandbox, which needs no account.')],
  }),
  ACCOUNT_SECRET_MISSING: ({ subject }) => ({
    title: t('The secret storage no longer has the key of the account: {0}', subject),
    fixes: [t('Sign out of the account and sign in again.')],
  }),
  ACCOUNT_NOT_PERSISTED: ({ subject }) => ({
    title: t('This machine does not keep secrets, so the sign-in lasts until the window closes: {0}', subject),
    fixes: [t('Set up a keyring, such as GNOME Keyring or KWallet, and sign in again.')],
  }),
  SANDBOX_NOT_STARTED: ({ evidence }) => ({
    title: t('The sandbox did not start: {0}', evidence ?? t('unknown reason')),
    fixes: [t('Try again.'), t('Reinstall the extension if files of it are missing.')],
  }),
  SANDBOX_KEEPS_ENDING: () => ({
    title: t('The sandbox has ended several times within a minute. It is not started again by itself.'),
    fixes: [t('Refresh to start it again.'), t('The log says how it ended.')],
  }),
  STRING_UNAVAILABLE: ({ subject, parameters }) => ({
    title: t('There is no private endpoint connection string yet: {0}', subject),
    ...(parameters.reason === undefined ? {} : { detail: parameters.reason }),
    fixes: [t('Refresh the cluster when its endpoint is available.')],
  }),
  EDITOR_NONE: () => ({
    title: t('No text editor is active.'),
    fixes: [t('Open the file that the connection string belongs into, and place the cursor.')],
  }),
  EDITOR_READ_ONLY: ({ subject }) => ({
    title: t('The document cannot be changed: {0}', subject),
    fixes: [t('Open a file that can be written.'), t('Copy the connection string instead.')],
  }),
  EDITOR_CANNOT_HOLD: ({ subject }) => ({
    title: t('This place cannot hold a connection string: {0}', subject),
    fixes: [t('Use an ordinary string literal in double quotes.'), t('Copy the connection string instead.')],
  }),
  EDITOR_CONSTANT: ({ subject }) => ({
    title: t('This place wants a value that is known when the program is compiled: {0}', subject),
    fixes: [
      t('Declare a variable that is set when the program runs, and move the string from there.'),
      t('Replace the password by a placeholder instead.'),
    ],
  }),
  EDITOR_STRING_GONE: ({ subject }) => ({
    title: t('There is no connection string at this place: {0}', subject),
    fixes: [t('Place the cursor in a connection string and try again.')],
  }),
  EDITOR_NO_STRINGS: () => ({
    title: t('No connection string that can be tested was found in the workspace.'),
    fixes: [t('Insert one with "Private Endpoints: Insert Connection String".')],
  }),
  FOLDER_NONE: () => ({
    title: t('No folder is open.'),
    fixes: [t('Open the folder of your application.'), t('Copy the connection string instead.')],
  }),
  DOTENV_VARIABLE_EXISTS: ({ subject, parameters }) => ({
    title: t('{0} already has the variable: {1}', parameters.file ?? '.env', subject),
    fixes: [t('Choose another name.'), t('Replace its value.')],
  }),
  WORKSPACE_UNTRUSTED: ({ parameters }) => ({
    title: t('This needs a trusted workspace: {0}', parameters.action ?? ''),
    fixes: [t('Trust the workspace when you know where it comes from.')],
  }),
  SETTING_INVALID: ({ subject, parameters }) => ({
    title: t('The setting {0} has a value that cannot be used: {1}', parameters.setting ?? '', subject),
    fixes: [t('Write it as {0}.', parameters.expected ?? '')],
  }),
  NO_WEB_PAGE: () => ({
    title: t('The sandbox has no web pages: it is an API on this machine.'),
    fixes: [t('Sign in to Atlas to open your own projects there.')],
  }),
  REPORT_NONE: () => ({
    title: t('No connection was tested in this window yet.'),
    fixes: [t('Run "Private Endpoints: Test Connection".')],
  }),
  REPORT_UNREADABLE: ({ parameters }) =>
    parameters.reason === 'version'
      ? {
          title: t('The report is from a newer helper than this extension knows.'),
          fixes: [t('Update the extension.')],
        }
      : {
          title: t('There is no report of a test in the text.'),
          detail: t('It stands between the lines "BEGIN" and "END PRIVATE ENDPOINT TEST REPORT", both included.'),
          fixes: [
            t('Copy the whole output of the helper, with both lines, and read it again.'),
            t('Look in the terminal whether the test ran: Node.js 18 or newer is needed on that machine.'),
          ],
        },
  MACHINE_TEST_FAILED: ({ subject, parameters: { step, status = '', tool = '' } }) => {
    const detail = status === '' ? { detail: t('The terminal was closed before the test had ended.') } : {};
    const look = t('Look in the terminal for what "{0}" said.', tool);
    switch (step) {
      case 'copy':
        return {
          title: t('The helper could not be copied to the machine: {0}', subject),
          ...detail,
          fixes: [
            look,
            t('Check that the machine is named right, that you are signed in to it, and that it has a folder /tmp.'),
          ],
        };
      case 'run':
        return {
          title: t('The test did not run on the machine: {0}', subject),
          ...detail,
          fixes: [
            ...(status === '127' ? [t('Install Node.js 18 or newer there, in the PATH that sh has.')] : []),
            t('Look in the terminal for what the helper said.'),
          ],
        };
      case 'fetch':
        return {
          title: t('The report of the test could not be fetched from the machine: {0}', subject),
          ...detail,
          fixes: [t('Test again.'), look],
        };
      default:
        return {
          title: t('The script that tests on the machine did not start: {0}', subject),
          ...detail,
          fixes: [t('Choose "Show the Commands" and run them in a terminal of your own.')],
        };
    }
  },
} satisfies ProblemTexts<EditorProblemCode>;
