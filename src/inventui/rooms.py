"""What each room brings, said once: everything else that has to list rooms is made from this.

A room has one name on every floor. What is found by that name alone is not said here: its tables
(`db/tables/<room>.py`), guards (`db/guards/<room>.py`), checks (`check_…` in
`engine/audit/rooms/<room>.py`) and sections of an export (`SECTIONS` in `engine/export/<room>.py`).
Modules are named as text and imported when they are first needed, so that this costs nothing.
"""

from inventui.room import (
    CASES,
    HOME,
    ITEMS,
    MARKET,
    ME,
    PEOPLE,
    STREETS,
    FeedKind,
    RoomDescriptor,
    RoomPlace,
    Topic,
    told,
)

_MONEY, _ITEMS = Topic.MONEY, Topic.THINGS

ROOMS: tuple[RoomDescriptor, ...] = (
    RoomDescriptor(
        "players",
        commands={"players.players": "players"},
        feed={
            "player": told("You came into this world", _MONEY),
            "rename": told("You took the name {other}", Topic.PEOPLE),
        },
    ),
    RoomDescriptor(
        "home", "home.screen:HomeRoom", "Home", "What you have and what to do next", group=HOME,
        letter="h",
        handle={"home": "home.home:WhatNext", "quests": "home.quests:Quests"},
        commands={"home": "next", "home:quests": "quests"},
        feed={"skip_quest": told("You skipped a quest", Topic.STREETS)},
    ),
    RoomDescriptor(
        "cases", "cases.screen:CasesRoom", "Cases", "Open a case, its odds beside it",
        group=CASES, letter="c",
        handle={"cases": "cases.open:Cases", "reveals": "reveals:Reveals"},
        commands={"cases": "cases odds open"},
        feed={"open": told("You opened cases", Topic.CASES, _MONEY, _ITEMS)},
    ),
    RoomDescriptor(
        "inventory", "inventory.screen:InventoryRoom", "Inventory",
        "What you own: sort, sell, lock", group=ITEMS, letter="i",
        places=(RoomPlace("escrow", "Escrow", "e", "What waits to be claimed"),),
        handle={
            "inventory": "inventory.inventory:Inventory",
            "escrow": "inventory.escrow:Escrow",
            "wardrobe": "wardrobe.wardrobe:Wardrobe",
        },
        commands={
            "inventory": "inventory sell discard lock",
            "escrow": "claim",
            "wardrobe": "equip unequip use",
        },
        feed={
            "sell": told("You sold to the house", _MONEY, _ITEMS),
            "lock": FeedKind(
                frozenset({_ITEMS}), "You locked {other}", mine_failed="You unlocked {other}"),
            "discard": told("You threw away", _ITEMS),
            "claim": told("You claimed from escrow", _ITEMS),
            "equip": told("You put on", _ITEMS),
            "unequip": told("You took off", _ITEMS),
            "use": told(
                "You used a consumable", _ITEMS, theirs="{other} threw something at your drawer"),
        },
    ),
    RoomDescriptor(
        "drawer", "drawer:DrawerRoom", "Drawer", "Your page as others see it", group=ITEMS,
        letter="d",
        handle={"drawer": "drawer.drawer:Drawer"},
        commands={"drawer": "drawer"},
        feed={"visit": told("You looked into a drawer", Topic.PEOPLE)},
    ),
    RoomDescriptor(
        "workshop", "workshop.screen:WorkshopRoom", "Workshop", "Five things into a rarer one",
        group=ITEMS, letter="w",
        handle={"workshop": "workshop.workshop:Workshop"},
        commands={"workshop": "fuse"},
        feed={"fuse": told("You fused {other} into", Topic.WORKSHOP, _MONEY, _ITEMS)},
    ),
    RoomDescriptor(
        "collections", "collections.screen:CollectionsRoom", "Collections",
        "Whole sets, and what they are worth", group=ITEMS, letter="o",
        handle={"collections": "workshop.collections:Collections"},
        commands={"collections": "collections"},
        feed={"complete": told("You completed {other}", Topic.WORKSHOP, _MONEY)},
    ),
    RoomDescriptor(
        "shop", "shop.screen:ShopRoom", "Shop",
        "Things to wear and use, tried on first", group=MARKET, letter="s",
        handle={"shop": "shop.shop:Shop"},
        commands={"shop": "shop buy"},
        feed={"buy": told("You bought", Topic.SHOP, _MONEY, _ITEMS)},
    ),
    RoomDescriptor(
        "black_market", "market.screen:BlackMarketRoom", "Black market",
        "Few pieces, for six hours at a time", group=MARKET, letter="m",
        places=(RoomPlace("gear", "Gear shop", "G", "Your own gear shop, new each day"),),
        handle={
            "black_market": "market.black_market:BlackMarket",
            "gear_shop": "market.gear_shop:GearShop",
            "sellers": "market.sellers:Sellers",
        },
        commands={"market.gear_shop": "gear-shop reroll", "market.black_market": "market"},
        feed={"reroll": told("You had the gear shop filled anew", Topic.SHOP, _MONEY)},
    ),
    RoomDescriptor(
        "streets", "streets.screen:StreetsRoom", "Streets", "Work a shift, take the bonus, rob",
        group=STREETS, letter="S",
        places=(
            RoomPlace("daily", "Bonus", "B", "Take the daily bonus"),
            RoomPlace("rob", "Rob", "r", "Choose whom to rob, and see the chance"),
        ),
        handle={"streets": "streets.streets:Streets"},
        commands={"streets": "play daily rob"},
        feed={
            "shift": told("You worked a shift", Topic.STREETS, _MONEY),
            "daily": told("You took the daily bonus", Topic.STREETS, _MONEY),
            "rob": FeedKind(
                frozenset({Topic.STREETS, _MONEY}), "You robbed {other}", "{other} robbed you",
                "{other} caught you", "{other} tried to rob you and failed"),
        },
    ),
    RoomDescriptor(
        "property", "property.screen:PropertyRoom", "Property", "Your business and your home",
        group=STREETS, letter="P",
        handle={"property": "property.property:Property"},
        commands={"property": "property"},
        feed={
            "settle": told("Time went by", Topic.PROPERTY, _MONEY, either=True),
            "upkeep": told("You paid your upkeep", Topic.PROPERTY, _MONEY),
        },
    ),
    RoomDescriptor(
        "people", "people.screen:PeopleRoom", "People", "Friends, gifts, and who lives here", "8",
        group=PEOPLE, letter="p",
        handle={"friends": "people.friends:Friends", "gifts": "people.gifts:Gifts"},
        commands={"people": "friends", "people:giving": "gift"},
        feed={
            "gift": told(
                "You gave {other}", Topic.PEOPLE, _MONEY, _ITEMS, theirs="{other} gave you",
                either=True),
            "friend_request": told(
                "You asked {other} to be your friend", Topic.PEOPLE,
                theirs="{other} asked to be your friend"),
            "friend_accept": told(
                "You said yes to {other}", Topic.PEOPLE, theirs="{other} said yes to you"),
            "friend_decline": told(
                "You said no to {other}", Topic.PEOPLE, theirs="{other} said no to you"),
            "friend_remove": told(
                "You ended it with {other}", Topic.PEOPLE, theirs="{other} ended it with you"),
        },
    ),
    RoomDescriptor(
        "bazaar", "bazaar.screen:BazaarRoom", "Bazaar",
        "What players sell, and at which price", "9", group=MARKET, letter="b",
        handle={"bazaar": "bazaar.bazaar:Bazaar"},
        commands={"bazaar.bazaar": "bazaar", "bazaar.listing": "list delist"},
        feed={
            "list": told("You listed in the bazaar", Topic.BAZAAR, _ITEMS),
            "delist": told("You took back from the bazaar", Topic.BAZAAR, _ITEMS),
            "bazaar_buy": told(
                "You bought from {other}", Topic.BAZAAR, _MONEY, _ITEMS,
                theirs="{other} bought from you"),
            # A neighbour's purchase: no player ever reads it as their own action.
            "bazaar_turn": told("", theirs="{other} bought from you"),
        },
    ),
    RoomDescriptor(
        "trades", "trades.screen:TradesRoom", "Trades",
        "Offers of things and oranges, answered", group=MARKET, letter="t",
        handle={"trades": "npc.trade_replies:trades"},
        commands={"trades.trades": "trade"},
        feed={
            kind: told(mine, Topic.TRADES, _MONEY, _ITEMS, theirs=theirs, either=True)
            for kind, mine, theirs in (
                ("trade", "You offered {other} a trade", "{other} offered you a trade"),
                (
                    "trade_counter",
                    "You answered {other} with another offer",
                    "{other} answered you with another offer",
                ),
                ("trade_accept", "You traded with {other}", "{other} traded with you"),
                (
                    "trade_decline",
                    "You declined an offer of {other}",
                    "{other} declined your offer",
                ),
                (
                    "trade_take_back",
                    "You took back an offer to {other}",
                    "{other} took back an offer to you",
                ),
            )
        },
    ),
    RoomDescriptor(
        "wallet", "wallet:WalletRoom", "Wallet", "How oranges came and went", "0", group=ME,
        letter="l",
        handle={"wallet": "history.wallet:Wallet"},
        commands={"history.wallet": "ledger"},
    ),
    RoomDescriptor(
        "feed", "history.screen:FeedRoom", "History", "What happened to you, and when", group=ME,
        letter="H",
        handle={"feed": "history.feed:Feed", "history": "history.item_history:History"},
        commands={"history.history": "history"},
    ),
    RoomDescriptor(
        "fairness", "fairness.screen:FairnessRoom", "Fairness",
        "The proof of every roll, its seeds", group=ME, letter="f",
        handle={"fairness": "fairness.fairness:Fairness"},
        commands={
            "fairness.fairness": "fairness",
            "fairness.fairness:verifying": "verify",
            "simulate": "simulate",
        },
        feed={"rotate": told("You retired a seed pair", Topic.CASES)},
    ),
    RoomDescriptor(
        "achievements", "achievements.screen:AchievementsRoom", "Achievements",
        "How far you are, and what it earned", group=ME, letter="a",
        handle={"achievements": "achievements.achievements:Achievements"},
        commands={"achievements": "achievements"},
        feed={"achieve": told("You achieved {other}", _MONEY, _ITEMS)},
    ),
    RoomDescriptor(
        "notifications", "notifications:NotificationsRoom", "Notifications", "What you were told",
        "n", group=ME, letter="n",
        handle={"notifications": "notifications.notifications:Notifications"},
        commands={"notifications": "notifications"},
    ),
    RoomDescriptor(
        "withdrawals", "withdrawals.screen:WithdrawalsRoom", "Withdrawals",
        "What left the world, and its papers", group=ME, letter="W",
        handle={"withdrawals": "withdrawals.withdrawals:Withdrawals"},
        commands={"withdrawals": "withdraw withdrawals"},
        feed={"withdraw": told("You withdrew", _ITEMS)},
    ),
    RoomDescriptor(
        "lab", "lab.screen:LabRoom", "Lab", "This world's economy, and others played",
        group=ME, letter="L",
        commands={"lab.economy": "economy"},
    ),
    RoomDescriptor(
        "settings", "settings.screen:SettingsRoom", "Settings", "Theme, motion, players", "comma",
        group=ME, letter="comma",
    ),
    RoomDescriptor(
        "undo",
        handle={"undos": "undo.undo:Undos"},
        commands={"undo": "undo"},
        feed={
            "undo": told(
                "You took back", _MONEY, _ITEMS, theirs="{other} took back from you", either=True)
        },
    ),
    RoomDescriptor("packs", commands={"packs.packs": "packs"}),
    RoomDescriptor(
        "world",
        handle={"export": "export.export:Export"},
        commands={
            "history.export": "export",
            "world": "audit backup restore grant paths",
            "world:places": "world",
            "serve": "serve",
            "invite": "invite",
        },
        feed={"grant": told("The world's owner gave you", _MONEY, _ITEMS, either=True)},
    ),
)  # fmt: skip
"""The rooms, in the order of map, menu and help."""
