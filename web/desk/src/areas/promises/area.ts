import type { Area } from '../../shell/area';
import { t } from './titles';

export const area: Area = {
  routes: [
    {
      path: '/promises',
      name: 'promises',
      component: () => import('./PromisesPage.vue'),
      meta: { title: () => t('promises.title'), permission: 'promise:read' },
    },
    {
      path: '/promises/new',
      name: 'new-promise',
      component: () => import('./NewPromisePage.vue'),
      meta: { title: () => t('promises.new'), permission: 'promise:make' },
    },
    {
      path: '/promises/:id',
      name: 'promise',
      component: () => import('./PromisePage.vue'),
      meta: { title: () => t('promises.one'), permission: 'promise:read' },
    },
    {
      path: '/posts',
      name: 'posts',
      component: () => import('./PostsPage.vue'),
      meta: { title: () => t('posts.title'), permission: 'post:read' },
    },
    {
      path: '/relays',
      name: 'relays',
      component: () => import('./RelaysPage.vue'),
      meta: { title: () => t('relays.title'), permission: 'relay:read' },
    },
    {
      path: '/relays/:id',
      name: 'relay',
      component: () => import('./RelayPage.vue'),
      meta: { title: () => t('relays.one'), permission: 'relay:read' },
    },
  ],
  nav: [
    { route: 'posts', says: () => t('posts.title'), permission: 'post:read', group: 'house', order: 30 },
    {
      route: 'promises',
      says: () => t('promises.title'),
      permission: 'promise:read',
      group: 'beyond',
      order: 10,
    },
    { route: 'relays', says: () => t('relays.title'), permission: 'relay:read', group: 'watch', order: 25 },
  ],
};
