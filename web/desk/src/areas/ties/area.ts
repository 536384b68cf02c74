import type { Area } from '../../shell/area';
import { t } from './titles';

export const area: Area = {
  routes: [
    {
      path: '/ties',
      name: 'ties',
      component: () => import('./TiesPage.vue'),
      meta: { title: () => t('ties.title'), permission: 'case:decide_recusal' },
    },
  ],
  nav: [
    {
      route: 'ties',
      says: () => t('ties.title'),
      permission: 'case:decide_recusal',
      group: 'watch',
      order: 4,
    },
  ],
};
