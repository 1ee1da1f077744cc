import type { ActionId, StepId, ToExtension } from '../../../webview/protocol';
import { without } from '../../setup/draft';
import { afterRegistration } from './choices';
import { ask, confirm } from './confirm';
import { setField } from './fill-fields';
import { moveToService } from './move-to-service';
import { keepDraft, moveTo, type Page } from './page';
import { askAtlas } from './perform';
import { whyNotSwitched } from './present/limits';
import { stringsById } from './present/strings';
import { loadPage, readEndpoint, refresh } from './read-atlas';
import { runStep, submitElsewhere } from './run-step';
import { blockIn, detailIn, modelOf, shownBy, stateOf } from './state-of';

/** Does what a message of the page's script asks for. Rejects with what could not be done. */
export async function receive(page: Page, message: ToExtension): Promise<void> {
  const { editor, ports } = page;
  switch (message.type) {
    case 'ready':
      editor.show(stateOf(page));
      await loadPage(page);
      return;
    case 'set':
      setField(page, message.field, message.value);
      return;
    case 'do':
      await runStep(page, message.step);
      return;
    case 'submit-elsewhere':
      await submitElsewhere(page, message.step);
      return;
    case 'show-commands':
      toggle(page, page.openCommands, message.step, message.open);
      return;
    case 'show-elsewhere':
      toggle(page, page.openElsewhere, message.step, message.open);
      return;
    case 'choose-shell':
      page.shell = message.shell;
      page.update();
      return;
    case 'action':
      await act(page, message.action, message.subject);
      return;
    case 'copy':
      await copy(page, message.what, message.id);
      return;
    case 'open-command': {
      const block = blockIn(shownBy(page), message.id);
      if (block !== undefined) await editor.openText(block.language, block.text);
      return;
    }
    case 'insert':
    case 'test': {
      const found = stringsById(modelOf(page)).get(message.string);
      if (found === undefined) return;
      if (message.type === 'insert') await editor.insert(found.text);
      else await editor.run('atlasPrivateEndpoints.testConnection', found.text);
      return;
    }
    case 'confirm':
      await confirm(page, message.confirmation, message.typed, message.options);
      return;
    case 'dismiss':
      page.question = undefined;
      page.update();
      return;
    case 'cancel':
      page.abort?.abort();
      return;
    case 'page-error':
      ports.logger.error(`Set-up page: ${message.message}`);
  }
}

function toggle(page: Page, opened: Set<StepId>, step: StepId, open: boolean): void {
  if (open) opened.add(step);
  else opened.delete(step);
  page.update();
}

/** Buttons that change the page itself; those that lead elsewhere are loaded when one is used. */
async function act(page: Page, action: ActionId, subject: string | undefined): Promise<void> {
  switch (action) {
    case 'refresh':
    case 'use-service':
      page.aws.forget('lists');
      await askAtlas(page, undefined, () => refresh(page));
      return;
    case 'retry':
      if (subject !== undefined) await readEndpoint(page, subject);
      return;
    case 'add-endpoint':
      moveToService(page);
      // What was entered for the endpoint before may have been left by a window that was gone when Atlas had it.
      keepDraft(page, {
        ...without(afterRegistration(page.draft), 'endpoint', 'serverlessEndpoint', 'dnsName', 'comment'),
        adding: true,
      });
      page.removed = undefined;
      page.worked = true;
      page.update();
      return;
    case 'open-page':
      if (subject === undefined) return;
      moveToService(page);
      keepDraft(page, {
        ...without(page.draft, 'adding'),
        ...(page.ref.kind === 'serverless' ? { serverlessEndpoint: subject } : { endpoint: subject }),
      });
      page.removed = undefined;
      page.worked = true;
      page.update();
      return;
    case 'start-over': {
      const { ref, removed } = page;
      const { service } = removed ?? {};
      page.removed = undefined;
      if (ref.kind === 'service' || ref.kind === 'new-service') {
        moveTo(page, { kind: 'new-service', accountId: ref.accountId, projectId: ref.projectId });
        keepDraft(page, service ?? {});
      }
      page.update();
      return;
    }
    case 'close':
      page.editor.close();
      return;
    case 'remove-endpoint':
      if (subject !== undefined) ask(page, { kind: action, endpointId: subject });
      return;
    case 'remove-service':
      ask(page, { kind: action });
      return;
    case 'enable-regionalized':
    case 'disable-regionalized': {
      // The command comes here too, past the button that says why it cannot be used.
      const why = whyNotSwitched(modelOf(page));
      if (why === undefined) ask(page, { kind: action });
      else page.editor.refuse(why);
      return;
    }
    default:
      await (await import('./page-actions')).otherAction(page, action, subject);
  }
}

async function copy(page: Page, what: 'detail' | 'command' | 'string', id: string): Promise<void> {
  const { editor } = page;
  switch (what) {
    case 'string': {
      const found = stringsById(modelOf(page)).get(id);
      if (found !== undefined) await editor.copy(found.text, found.name);
      return;
    }
    case 'command': {
      const found = blockIn(shownBy(page), id);
      if (found !== undefined) await editor.copy(found.text, found.title);
      return;
    }
    case 'detail': {
      const found = detailIn(shownBy(page), id);
      if (found !== undefined) await editor.copy(found.value, found.label);
    }
  }
}
