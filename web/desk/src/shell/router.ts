import { createRouter, type Router, type RouterHistory } from 'vue-router';
import { areas, groups } from './area';
import NotTherePage from './NotTherePage.vue';
import { t } from './messages';

// `isKnown` asks the server once who is signed in; `may` whether their role has a permission.
export function routerWith(
  history: RouterHistory,
  isKnown: () => Promise<boolean>,
  may: (permission: string) => boolean,
): Router {
  const router = createRouter({
    history,
    // The list keeps its place when one comes back to it.
    scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
    routes: [
      { path: '/', name: 'home', component: NotTherePage },
      ...areas.flatMap((area) => area.routes),
      {
        path: '/:rest(.*)*',
        name: 'not-there',
        component: NotTherePage,
        meta: { title: () => t('desk.not_there') },
      },
    ],
  });
  router.beforeEach(async (to) => {
    const permission = to.meta.permission ?? 'session:own';
    if (permission === 'public' || (await to.meta.opensHere?.())) return true;
    if (!(await isKnown())) {
      return { name: 'sign-in', query: to.fullPath === '/' ? {} : { next: to.fullPath } };
    }
    if (to.name === 'home') return home(may);
    return may(permission) ? true : { name: 'not-there', params: { rest: to.path.slice(1).split('/') } };
  });
  return router;
}

// What the person begins with: a page that says so of itself, or else the first entry of the menu that they may open.
export function home(may: (permission: string) => boolean): { name: string } {
  const first = areas
    .flatMap((area) => area.nav ?? [])
    .filter((entry) => may(entry.permission))
    .sort(
      (a, b) =>
        Number(b.first ?? false) - Number(a.first ?? false) ||
        groups.indexOf(a.group) - groups.indexOf(b.group) ||
        a.order - b.order,
    )[0];
  return { name: first?.route ?? 'not-there' };
}
