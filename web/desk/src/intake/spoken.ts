// Numbers and codes as one says them to somebody who writes them down.
import type { Language } from '../i18n';

const digits = ['零', '幺', '二', '三', '四', '五', '六', '七', '八', '九'];
const chineseWords: Record<string, string> = {
  A: '安徽的安',
  B: '北京的北',
  C: '长沙的长',
  D: '大连的大',
  E: '鹅毛的鹅',
  F: '福建的福',
  G: '广东的广',
  H: '湖南的湖',
  J: '江西的江',
  K: '昆明的昆',
  L: '辽宁的辽',
  M: '梅花的梅',
  N: '南京的南',
  P: '平安的平',
  Q: '青岛的青',
  R: '日照的日',
  S: '山东的山',
  T: '天津的天',
  U: '优秀的优',
  V: '胜利手势',
  W: '武汉的武',
  X: '西安的西',
  Y: '云南的云',
  Z: '浙江的浙',
};
const englishWords =
  'Alfa Bravo Charlie Delta Echo Foxtrot Golf Hotel Juliett Kilo Lima Mike November Papa Quebec Romeo Sierra Tango Uniform Victor Whiskey Xray Yankee Zulu'
    .split(' ')
    .reduce<Record<string, string>>((all, word) => ({ ...all, [word.charAt(0)]: word }), {});

export interface Group {
  shown: string; // "7K2Q"
  said: string; // "七，K（昆明的昆），二，Q（青岛的青）"
}

function said(character: string, language: Language): string {
  if (/[0-9]/.test(character))
    return language === 'zh-CN' ? (digits[Number(character)] ?? character) : character;
  if (language === 'zh-CN') return `${character}（${chineseWords[character] ?? character}）`;
  return `${character} (${englishWords[character] ?? character})`;
}

// "MH-7K2Q-94XD-AB23" or "1234 5678 …": group by group, because that is how it is read back.
export function groupsOf(text: string, language: Language): Group[] {
  return text
    .split(/[-\s]+/)
    .filter(Boolean)
    .map((shown) => {
      const parts = [...shown].map((character) => said(character, language));
      const onlyDigits = /^[0-9]+$/.test(shown);
      return {
        shown,
        said:
          onlyDigits && language === 'zh-CN'
            ? parts.join('')
            : parts.join(language === 'zh-CN' ? '，' : ', '),
      };
    });
}

// "13800001234" → "138 0000 1234"; other numbers in fours from the end.
export function phoneInGroups(phone: string): string {
  const plain = phone.replace(/[\s-]/g, '');
  if (/^1\d{10}$/.test(plain)) return `${plain.slice(0, 3)} ${plain.slice(3, 7)} ${plain.slice(7)}`;
  return phone.trim();
}

export function lasting(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
