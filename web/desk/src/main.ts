import { createPinia } from 'pinia';
import { createApp } from 'vue';
import { createWebHistory } from 'vue-router';
import App from './App.vue';
import { openDesk } from './api/client';
import { t } from './i18n';
import { routerWith } from './router';
import { deskKey, useSession } from './session/session';
import './styles/tokens.css';
import './styles/desk.css';

const app = createApp(App);
app.provide(
  deskKey,
  openDesk(() => t('desk.no_answer')),
);
app.use(createPinia());
app.use(
  routerWith(createWebHistory(import.meta.env.BASE_URL), async () => {
    const session = app.runWithContext(() => useSession());
    return session.account !== null || (await session.recall());
  }),
);
app.mount('#desk');
