import type { Area } from '../../shell/area';
import QueuePage from './QueuePage.vue';
import { t } from './messages';

export const area: Area = {
  routes: [
    {
      path: '/queue',
      name: 'queue',
      component: QueuePage,
      meta: { title: () => t('queue.title'), permission: 'queue:read' },
    },
  ],
  nav: [{ route: 'queue', says: () => t('queue.title'), permission: 'queue:read', group: 'work', order: 1 }],
};
