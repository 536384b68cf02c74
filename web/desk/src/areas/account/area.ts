import type { Area } from '../../shell/area';
import { t } from './titles';

export const area: Area = {
  routes: [
    {
      path: '/account',
      name: 'account',
      component: () => import('./AccountPage.vue'),
      meta: { title: () => t('own.title'), permission: 'session:own' },
    },
  ],
  nav: [
    { route: 'account', says: () => t('own.title'), permission: 'session:own', group: 'house', order: 90 },
  ],
};
