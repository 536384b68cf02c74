import type { Area } from '../../shell/area';
import { t } from './titles';

export const area: Area = {
  routes: [
    {
      path: '/callbacks',
      name: 'callbacks',
      component: () => import('./CallbacksPage.vue'),
      meta: { title: () => t('callback.title'), permission: 'case:callback' },
    },
    {
      path: '/callbacks/:id',
      name: 'callback',
      component: () => import('./CallbackPage.vue'),
      meta: { title: () => t('callback.one'), permission: 'case:callback' },
    },
  ],
  nav: [
    {
      route: 'callbacks',
      says: () => t('callback.title'),
      permission: 'case:callback',
      group: 'work',
      order: 0,
    },
  ],
};
