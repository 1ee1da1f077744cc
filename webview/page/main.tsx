import { config, t } from '@vscode/l10n';
import { Component, render, type ComponentChildren } from 'preact';
import { App } from './app';
import { connect, readBootstrap, type Host } from './host';
import '@vscode/codicons/dist/codicon.css';
import './page.css';

/** Shows that the page's script failed instead of half a page, and tells the extension's log. */
class Guard extends Component<{ readonly host: Host; readonly children: ComponentChildren }, { failed: boolean }> {
  override state = { failed: false };

  override componentDidCatch(error: unknown) {
    report(this.props.host, error);
    this.setState({ failed: true });
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    return (
      <main>
        <h1>{t('This page failed')}</h1>
        <p>{t('Nothing at Atlas or in the cloud account has changed by this. Close the page and open it again.')}</p>
      </main>
    );
  }
}

function report(host: Host, error: unknown): void {
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  host.post({ type: 'page-error', message: message.slice(0, 2000) });
}

function start(): void {
  const host = connect();
  window.addEventListener('error', ({ error }) => report(host, error));
  window.addEventListener('unhandledrejection', ({ reason }) => report(host, reason));
  const bootstrap = readBootstrap();
  const root = document.getElementById('page');
  if (bootstrap === undefined || root === null) throw new Error('The document has no bootstrap.');
  if (bootstrap.l10n !== undefined) config({ contents: JSON.stringify(bootstrap.l10n) });
  render(
    <Guard host={host}>
      <App bootstrap={bootstrap} host={host} />
    </Guard>,
    root,
  );
}

start();
