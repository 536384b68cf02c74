import type { Schemas } from '../../api/client';
import { t } from './messages';

// How far the calls have come, in words: "打过2次，还差下午一次".
export function triesSentence(line: Schemas['CallbackLine']): string {
  if (!line.may_be_called) return t('callback.in_writing');
  if (line.unreachable_allowed) return t('callback.may_be_unreachable');
  if (line.attempts === 0) return t('callback.not_tried');
  const parts = line.missing.map((part) => t(`callback.${part}`)).join(t('callback.and'));
  return t('callback.tried', { n: line.attempts, parts });
}
