// For tests: the whole desk in a small browser; only what lies beyond the network is played.
import { vi } from 'vitest';
import { createApp, nextTick, type App as VueApp } from 'vue';
import { createMemoryHistory } from 'vue-router';
import { openDesk } from './api/client';
import { language } from './i18n';
import App from './shell/App.vue';
import { t } from './shell/messages';
import { openStores } from './shell/of_one_person';
import { routerWith } from './shell/router';
import { deskKey, useSession } from './shell/session';

export type Played = (request: Request) => Response | Promise<Response>;

export const told = (value: unknown, status = 200) =>
  new Response(JSON.stringify(value), {
    status,
    headers: { 'Content-Type': status < 400 ? 'application/json' : 'application/problem+json' },
  });

export async function settled() {
  await vi.dynamicImportSettled(); // pages and dialogs that are loaded when they are first opened
  for (let i = 0; i < 20; ++i) await nextTick();
  await new Promise((done) => setTimeout(done, 0));
  await nextTick();
}

// `server` answers by "METHOD /path" (without the query); what it does not know is a broken network. `asked` collects the
// questions.
export async function openTestDesk(
  server: Record<string, Played>,
  path = '/',
  asked: string[] = [],
): Promise<VueApp> {
  document.body.innerHTML = '<div id="desk"></div>';
  const app = createApp(App);
  const desk = openDesk(
    () => t('desk.no_answer'),
    () => language.value,
    async (input, init) => {
      const request = new Request(input, init);
      const name = `${request.method} ${new URL(request.url).pathname}`;
      asked.push(name);
      const played = server[name];
      if (!played) throw new TypeError('no network');
      return played(request);
    },
  );
  app.provide(deskKey, desk);
  app.use(openStores());
  const session = app.runWithContext(() => useSession());
  const router = routerWith(
    createMemoryHistory(),
    async () => session.account !== null || (await session.recall()),
    (permission) => session.may(permission),
  );
  app.use(router);
  await router.push(path);
  app.mount('#desk');
  await settled();
  return app;
}
