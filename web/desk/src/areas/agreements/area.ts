import type { Area } from '../../shell/area';
import { t } from './titles';

export const area: Area = {
  routes: [
    {
      path: '/agreements',
      name: 'agreements',
      component: () => import('./AgreementsPage.vue'),
      meta: { title: () => t('agreements.title'), permission: 'case:grant_name' },
    },
  ],
  nav: [
    {
      route: 'agreements',
      says: () => t('agreements.title'),
      permission: 'case:grant_name',
      group: 'work',
      order: 80,
    },
  ],
};
