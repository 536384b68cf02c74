import { createRouter, type Router, type RouterHistory } from 'vue-router';
import QueuePage from './pages/QueuePage.vue';
import SignInPage from './pages/SignInPage.vue';

export function routerWith(history: RouterHistory, isKnown: () => Promise<boolean>): Router {
  const router = createRouter({
    history,
    routes: [
      { path: '/', name: 'queue', component: QueuePage },
      { path: '/sign-in', name: 'sign-in', component: SignInPage },
      { path: '/:rest(.*)*', redirect: { name: 'queue' } },
    ],
  });
  router.beforeEach(async (to) => {
    if (to.name === 'sign-in' || (await isKnown())) return true;
    return { name: 'sign-in' };
  });
  return router;
}
