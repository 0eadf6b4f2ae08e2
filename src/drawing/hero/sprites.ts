/**
 * Sprites are rows of 16 pixels parted by spaces; `row` is where the first goes. A half has 8 pixels and its mirror
 * beside it. The letters are roles of colour: s skin, S its shadow, k ink, w white, h and H hair or helmet, a and A
 * clothes, t trim, n wood, m and M metal, g what glows, `.` nothing. Each second letter is the darker.
 */
export interface Sprite {
  readonly row: number;
  readonly lines: readonly string[];
}

const half = (row: number, lines: string): Sprite => ({
  row,
  lines: lines.split(" ").map((line) => line + [...line].toReversed().join("")),
});

const whole = (row: number, lines: string): Sprite => ({ row, lines: lines.split(" ") });

export const NONE: Sprite = { row: 0, lines: [] };

export const HEAD = half(3, ".....sss .....sss .....sss .....sss ......sS");

export const EYES: readonly Sprite[] = [
  half(5, "......k."),
  half(4, "......k. ......k."),
  half(5, "......k. .....S.."),
  half(5, ".....wk."),
  half(4, ".....ww. .....wk."),
  half(5, ".....k.."),
  half(5, ".....kw."),
  half(4, ".....ww. .....kw."),
  half(4, ".....k.. ......k."),
  whole(4, ".....kkkkkk..... ......k.kk......"),
  half(5, "......g."),
  half(5, ".....kkk"),
  half(5, "......k. ........ .......k"),
];

/** Hats, helmets and hair. */
export const HEADGEAR: readonly Sprite[] = [
  half(2, "......hh .....hhh .....hH."),
  half(2, "......hh ....hhhh ....hH.. ....h... ....h... ....h... ....H..."),
  half(1, ".......t ......mm .....mmm .....mmm .....Mkk .....mMm ......mm"),
  half(1, "...w.... ...w..mm ...wwmmm .....ttt"),
  half(0, ".......h ......hh .....htt ...hhhhh"),
  half(1, ".....t.t .....ttt .....hhh"),
  half(1, "......hh .....hhh ....hHHH ....hH.. ....h... ....h... ....hHHH"),
  half(0, ".......t .......t ......tt .......t"),
  half(2, "......hh .....ttt"),
  half(2, "......hh .....hhh .....h.. ...ss..."),
  half(1, "....h... ....hhhh .....hhh .....hH."),
  half(0, ".......m ......mm .....mmm .....mmm .....ttM .......M"),
  half(2, "......hh .....hhh ..hh.h.. ..hh.... ..hH.... ...H...."),
  half(2, "......tt ...ttttt"),
  half(0, "...n.n.. ....nn.. .....nhh .....hhh"),
  half(1, "....h.h. ....hhhh ...hhhhh ....hH.H"),
  half(0, ".......h ......hh .......H .....hhh .....h.."),
  half(1, "......aa .....aaa .....AAt"),
  half(1, "...H.... ...hh.hh ....hhhh .....hHH"),
  half(1, "......mm .....mmm .....mmm .....MMM .....m.M .....m.. .....m.."),
];

export const BEARDS: readonly Sprite[] = [
  NONE,
  NONE,
  NONE,
  NONE,
  half(7, ".....hhh ......hh"),
  half(6, "......hh"),
  half(6, ".....h.. .....hhh ......hh .......h .......H"),
];

/** Clothes from the shoulders to the belt or below, with hands. */
export const CLOTHES: readonly Sprite[] = [
  half(8, ".....aaa ....aaaa ....sttt .....aaa"),
  half(8, "....mmMm ....Mmmm ....stMt .....mMM"),
  half(8, ".....aaa ....aaat ....saat .....aAA"),
  half(8, ".....aww ....aaww ....saaw .....Aaa"),
  half(8, ".....aat ....aaat ....saat .....aat"),
  half(8, ".....sss ....stss ....ssts .....nnn"),
  half(8, "....ttaa ....aaaa ....saAa .....aaa"),
  half(8, ".....mMm ....mMmM ....sttt .....aaa"),
  half(8, ".....aaa ....AAaa ....snnn .....aaA"),
];

export const LEGS: readonly Sprite[] = [
  half(12, ".....AA. .....nn."),
  half(12, ".....nn. .....nn."),
  half(12, ".....aaa ....aaaA"),
  half(12, ".....mm. .....MM."),
  half(12, ".....ss. .....nn."),
  half(12, ".....aaa .....s.."),
];

/** Behind everything. */
export const CAPES: readonly Sprite[] = [
  NONE,
  NONE,
  NONE,
  NONE,
  half(8, "....tt.. ...ttt.. ...ttt.. ...ttt.. ..tttt.. ..ttt..."),
  half(7, ".w...... .ww..... .www.... ..www... ...ww..."),
  half(7, ".H...... HHH..... HHHH.... H.HH...."),
];

/** A sprite of few columns that begins at `column`. */
const aside = (column: number, row: number, lines: string): Sprite => ({
  row,
  lines: lines.split(" ").map((line) => (".".repeat(column) + line).padEnd(16, ".")),
});

/** In the hand at column 11, row 10. */
export const WEAPONS: readonly Sprite[] = [
  NONE,
  NONE,
  aside(11, 3, ".w .m .m .m .m .m ttt .n"),
  aside(11, 1, ".g. ggg .g. .n .n .n .n .n .n .n .n .n .n"),
  aside(12, 3, "nm nmm nmm nm n n n n n n n"),
  aside(11, 1, ".w .m mmm .n .n .n .n .n .n .n .n .n .n"),
  aside(12, 4, "mmm mMm nmm n n n n n n n"),
  aside(11, 0, "t.t t.t ttt .n .n .n .n .n .n .n .n .n .n"),
  aside(12, 6, "nn w.n w..n w..n w..n w..n w.n nn"),
  aside(11, 6, ".g .gg ggwg .gg .n .n .n"),
  aside(12, 8, "nn. wwn wwn nn."),
  aside(12, 9, "gg gw gg"),
];

/** In the hand at column 4, row 10. */
export const OFFHAND: readonly Sprite[] = [
  NONE,
  NONE,
  NONE,
  aside(1, 8, "tttt tmmt tmMt .tt."),
  aside(1, 8, ".nn. ntnn nnnn .nn."),
  aside(2, 8, ".g. gwg .g."),
  aside(1, 9, "aww aww aaa"),
  aside(2, 8, ".m. .m. ggg ggg"),
  aside(1, 4, "w... m... m... m... m... tt.. .ns."),
];
