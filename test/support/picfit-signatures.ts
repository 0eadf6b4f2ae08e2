/** picfit.md 3: key, canonical text, signature. */
export const VECTORS = [
  ["abcdef", "x=1&y=2&z=3", "c9516346abf62876b6345817dba2f9a0c797ef26"],
  ["abcdef", "h=100&op=resize&path=avatar.png&w=100", "dd292d158d6eb417a09195e300a4b32b3ed52cab"],
  ["abcdef", "op=resize&path=avatar.png&w=100", "041170bbe9269a48c8e6a56353a22c339011f22a"],
  ["abcdef", "h=0&op=resize&path=avatar.png&w=100", "ad8f29593d7c170bfc9d534d9d97fa74a701477b"],
  ["abcdef", "force=1&h=100&op=resize&path=avatar.png&w=100", "bc58d7d8ad4fde61d26b63bd0a0528d362ca3e60"],
  [
    "abcdef",
    "h=50&op=resize&op=op%3Arotate+deg%3A90&path=sub%2Fdir%2Fx.png&w=100",
    "dd047558e8a8a8fa75a2f52c414106489f928b24",
  ],
  ["abcdef", "op=resize&path=name+with+space.png&w=100", "3a7f0fd821b029500a05f091d823cc135a881be1"],
  ["abcdef", "fmt=webp&h=0&op=resize&path=blog%3Aab_C-1.jpg&w=250", "bbc47282fdeb8123807d0be85ebcbc42744c14ac"],
  ["abcdef", "op=noop&path=%C3%A9~%2A%28%29.png", "74e448eb55e4bdd0770b2c53b684bdbf52810669"],
  ["s3cr3t/+=", "fmt=jpg&op=flip&path=a.png&pos=h", "62fce3114715e3c67b2dd6be77a90356cfe5d4fb"],
  ["abcdef", "h=30&op=thumbnail&path=bidule.jpg&w=30", "5470bc2c899ba9bb5f593ee775e67c0a85da245e"],
  ["abcdef", "h=100&op=resize&w=100", "954eec9dfa9390f8f4264e15bb95f5f54e6fe953"],
] as const;
