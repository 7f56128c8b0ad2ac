// What the program tells the page, one of everything: src/web/json.rs writes it, tsc holds the types of told.ts to it.

import type { Came, Letter, NamedKey, NewIdentity, NewKey, Seen, Settled, Show, Told } from '../../src/web/page/told';

export const sample0: Told = {
  "code": "FrameText",
  "words": {
    "en": [
      "this begins like one of our codes, but is damaged or cut",
      "Leave this code out, or photograph it again; other codes make up for it."
    ],
    "fa": [
      "این مانند کدهای ما آغاز می‌شود، اما آسیب دیده یا بریده است",
      "این کد را کنار بگذارید یا دوباره از آن عکس بگیرید؛ کدهای دیگر جایش را پر می‌کنند."
    ]
  }
};

export const sample1: Came[] = [
  {
    "id": "6f35ad2dc400b9a0",
    "what": "new"
  },
  {
    "id": "6f35ad2dc400b9a0",
    "what": "known"
  },
  {
    "id": "6f35ad2dc400b9a0",
    "what": "forged"
  },
  {
    "what": "foreign"
  },
  {
    "error": {
      "code": "FrameTooShort",
      "words": {
        "en": [
          "a frame cannot have only 0 bytes",
          "Leave this code out, or photograph it again; other codes make up for it."
        ],
        "fa": [
          "یک فریم نمی‌تواند تنها ۰ بایت باشد",
          "این کد را کنار بگذارید یا دوباره از آن عکس بگیرید؛ کدهای دیگر جایش را پر می‌کنند."
        ]
      }
    },
    "what": "refused"
  }
];

export const sample2: Came[] = [
  {
    "text": "hello",
    "what": "foreign"
  },
  {
    "error": {
      "code": "FrameText",
      "words": {
        "en": [
          "this begins like one of our codes, but is damaged or cut",
          "Leave this code out, or photograph it again; other codes make up for it."
        ],
        "fa": [
          "این مانند کدهای ما آغاز می‌شود، اما آسیب دیده یا بریده است",
          "این کد را کنار بگذارید یا دوباره از آن عکس بگیرید؛ کدهای دیگر جایش را پر می‌کنند."
        ]
      }
    },
    "what": "refused"
  },
  {
    "what": "refused"
  }
];

export const sample3: Settled = {
  "coming": [],
  "done": [
    {
      "forged": 0,
      "id": "6f35ad2dc400b9a0"
    }
  ],
  "full": false,
  "givenUp": 0,
  "more": 0,
  "unsearched": false
};

export const sample4: Settled = {
  "coming": [],
  "done": [
    {
      "forged": 1,
      "id": "6f35ad2dc400b9a0"
    }
  ],
  "full": false,
  "givenUp": 0,
  "more": 0,
  "unsearched": false
};

export const sample5: Seen = {
  "codes": [
    {
      "corners": [
        1.0,
        2.0,
        3.0,
        2.0,
        3.0,
        4.0,
        1.0,
        4.0
      ],
      "text": "SHAB780GZ6GZ5540AAK000MGA000V502002000005G3HU64S1UUFNU39NUPP28DFZK4J/SH-7MJU0$Q3ZS WIL%2VBFR817$C7WEPJEE$DTD0$BCO008*LE20*E53OI$0H*E56345W5-B1J10HS0T%V000000000000000000000-W1BK6."
    }
  ],
  "unread": [
    {
      "corners": [
        1.0,
        2.0,
        3.0,
        2.0,
        3.0,
        4.0,
        1.0,
        4.0
      ],
      "why": {
        "en": "a light shines on it: take it from another side",
        "fa": "نور رویش افتاده: از سوی دیگری بگیرید"
      }
    }
  ]
};

export const sample6: Required<Letter> = {
  "answer": "unsigned",
  "blocks": [
    {
      "bold": [],
      "close": false,
      "depth": 1,
      "kind": "paragraph",
      "level": 0,
      "mark": "",
      "right": false,
      "text": "By: a",
      "tokens": []
    },
    {
      "bold": [
        [
          0,
          4
        ]
      ],
      "close": false,
      "depth": 0,
      "kind": "paragraph",
      "level": 0,
      "mark": "",
      "right": false,
      "text": "bold سلام",
      "tokens": []
    },
    {
      "bold": [],
      "close": false,
      "depth": 0,
      "kind": "item",
      "level": 0,
      "mark": "•",
      "right": false,
      "text": "item",
      "tokens": []
    },
    {
      "bold": [],
      "close": false,
      "depth": 0,
      "kind": "table",
      "level": 0,
      "mark": "",
      "right": false,
      "rows": [
        [
          {
            "bold": [
              [
                0,
                1
              ]
            ],
            "right": false,
            "text": "a",
            "tokens": []
          },
          {
            "bold": [
              [
                0,
                1
              ]
            ],
            "right": false,
            "text": "b",
            "tokens": []
          }
        ],
        [
          {
            "bold": [],
            "right": false,
            "text": "c",
            "tokens": []
          },
          {
            "bold": [],
            "right": false,
            "text": "d",
            "tokens": []
          }
        ]
      ],
      "text": "",
      "tokens": []
    },
    {
      "bold": [],
      "close": false,
      "depth": 0,
      "kind": "code",
      "level": 0,
      "mark": "",
      "right": false,
      "text": "code",
      "tokens": []
    },
    {
      "bold": [],
      "close": false,
      "depth": 0,
      "kind": "break",
      "level": 0,
      "mark": "",
      "right": false,
      "text": "",
      "tokens": []
    },
    {
      "bold": [],
      "close": false,
      "depth": 0,
      "kind": "paragraph",
      "level": 0,
      "mark": "",
      "right": false,
      "text": "end",
      "tokens": []
    }
  ],
  "by": "",
  "byline": [],
  "bytes": 98,
  "file": "a.md",
  "fingerprint": null,
  "heading": {
    "bold": [],
    "right": false,
    "text": "Title",
    "tokens": []
  },
  "id": "6d75e52f8cef6c49",
  "key": null,
  "language": "en",
  "right": false,
  "text": "# Title\n\n> By: a\n\n**bold** سلام\n\n- item\n\n| a | b |\n|---|---|\n| c | d |\n\n```\ncode\n```\n\n***\n\nend",
  "title": "Title"
};

export const sample7: Letter[] = [
  {
    "answer": "unsigned",
    "by": "",
    "bytes": 98,
    "file": "a.md",
    "fingerprint": null,
    "id": "6d75e52f8cef6c49",
    "key": null,
    "language": "en",
    "right": false,
    "title": "Title"
  },
  {
    "answer": "unsigned",
    "by": "",
    "fingerprint": null,
    "id": "6f35ad2dc400b9a0",
    "key": null
  }
];

export const sample8: NamedKey[] = [
  {
    "fingerprint": "73927 07505 32639 30341 78181 98376",
    "key": "RWQHBwcHBwcHB+pKbGPinFIKvvVQexMuxfmVR3auvr57kkIe6mkURtIs",
    "name": "the union"
  }
];

export const sample9: NewKey = {
  "fingerprint": "73927 07505 32639 30341 78181 98376",
  "key": "RWQHBwcHBwcHB+pKbGPinFIKvvVQexMuxfmVR3auvr57kkIe6mkURtIs",
  "secret": ""
};

export const sample10: NewIdentity = {
  "identity": [
    1,
    2
  ],
  "recipient": "age1"
};

export const sample11: Show = {
  "frames": 42,
  "modules": 41,
  "sufficient": 1
};
