import { createApp } from 'vue';
import { createWebHistory } from 'vue-router';
import { openDesk } from './api/client';
import { language } from './i18n';
import App from './shell/App.vue';
import { t } from './shell/messages';
import { openStores } from './shell/of_one_person';
import { routerWith } from './shell/router';
import { deskKey, useSession } from './shell/session';
import './styles/tokens.css';
import './styles/desk.css';
import './styles/frame.css';
import './styles/panes.css';

const app = createApp(App);
app.provide(
  deskKey,
  openDesk(
    () => t('desk.no_answer'),
    () => language.value,
  ),
);
app.use(openStores());
const session = app.runWithContext(() => useSession());
app.use(
  routerWith(
    createWebHistory(import.meta.env.BASE_URL),
    async () => session.account !== null || (await session.recall()),
    (permission) => session.may(permission),
  ),
);
app.mount('#desk');
