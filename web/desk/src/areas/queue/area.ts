import type { Area } from '../../shell/area';
import { t } from './messages';
import QueueMenu from './QueueMenu.vue';
import QueueViews from './QueueViews.vue';
import QueuePage from './QueuePage.vue';

export const area: Area = {
  routes: [
    {
      path: '/queue',
      component: QueuePage,
      children: [
        {
          path: '',
          name: 'queue',
          components: {}, // nothing beside the list
          meta: { title: () => t('queue.title'), permission: 'queue:read' },
        },
        {
          path: '/cases/:id',
          name: 'case',
          component: () => import('../case/CasePane.vue'),
          meta: { title: () => t('queue.case'), permission: 'case:read' },
        },
      ],
    },
  ],
  nav: [
    {
      route: 'queue',
      says: () => t('queue.title'),
      permission: 'queue:read',
      group: 'work',
      order: 1,
      parts: QueueMenu,
    },
    {
      route: 'queue',
      says: () => t('queue.views'),
      permission: 'queue:read',
      group: 'work',
      order: 99,
      parts: QueueViews,
    },
  ],
};
