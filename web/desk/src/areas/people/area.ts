import type { Area } from '../../shell/area';
import { t } from './titles';

export const area: Area = {
  routes: [
    {
      path: '/people',
      name: 'people',
      component: () => import('./PeoplePage.vue'),
      meta: { title: () => t('people.title'), permission: 'accounts:manage' },
    },
    {
      path: '/account-log',
      name: 'account-log',
      component: () => import('./LogPage.vue'),
      meta: { title: () => t('log.title'), permission: 'audit:read' },
    },
  ],
  nav: [
    {
      route: 'people',
      says: () => t('people.title'),
      permission: 'accounts:manage',
      group: 'house',
      order: 10,
    },
    { route: 'account-log', says: () => t('log.title'), permission: 'audit:read', group: 'house', order: 20 },
  ],
};
