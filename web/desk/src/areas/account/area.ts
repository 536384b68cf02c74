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
    {
      path: '/account/interests',
      name: 'own-interests',
      component: () => import('./InterestsPage.vue'),
      meta: { title: () => t('interests.title'), permission: 'session:own' },
    },
  ],
  nav: [
    {
      route: 'own-interests',
      says: () => t('interests.title'),
      permission: 'session:own',
      group: 'house',
      order: 91,
    },
    { route: 'account', says: () => t('own.title'), permission: 'session:own', group: 'house', order: 90 },
  ],
};
