import type { Area } from '../../shell/area';
import { t } from './titles';

export const area: Area = {
  routes: [
    {
      path: '/reviews',
      name: 'reviews',
      component: () => import('./ReviewsPage.vue'),
      meta: { title: () => t('review.title'), permission: 'case:review' },
    },
    {
      path: '/reviews/:id',
      name: 'review',
      component: () => import('./ReviewPage.vue'),
      meta: { title: () => t('review.one'), permission: 'case:review' },
    },
  ],
  nav: [
    { route: 'reviews', says: () => t('review.title'), permission: 'case:review', group: 'work', order: 6 },
  ],
};
