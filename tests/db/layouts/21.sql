PRAGMA application_id = 1768846965;
PRAGMA user_version = 21;
BEGIN TRANSACTION;
CREATE TABLE account (
	id INTEGER NOT NULL, 
	player_id INTEGER, 
	house TEXT, 
	currency TEXT NOT NULL, 
	balance INTEGER NOT NULL, 
	spent INTEGER NOT NULL, 
	last_transfer_id INTEGER NOT NULL, 
	lines INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT currency_word CHECK (currency IN ('oranges', 'gems', 'experience')), 
	CONSTRAINT one_owner CHECK ((player_id IS NULL) <> (house IS NULL)), 
	CONSTRAINT never_below_zero CHECK (player_id IS NULL OR balance >= 0), 
	FOREIGN KEY(player_id) REFERENCES player (id)
)
 STRICT

;
INSERT INTO "account" VALUES(1,NULL,'start','oranges',-10000,0,4,2);
INSERT INTO "account" VALUES(2,NULL,'start','gems',-50,0,5,2);
INSERT INTO "account" VALUES(3,NULL,'start','experience',0,0,0,0);
INSERT INTO "account" VALUES(4,NULL,'play','oranges',0,0,0,0);
INSERT INTO "account" VALUES(5,NULL,'play','gems',0,0,0,0);
INSERT INTO "account" VALUES(6,NULL,'play','experience',0,0,0,0);
INSERT INTO "account" VALUES(7,NULL,'daily_bonus','oranges',0,0,0,0);
INSERT INTO "account" VALUES(8,NULL,'daily_bonus','gems',0,0,0,0);
INSERT INTO "account" VALUES(9,NULL,'daily_bonus','experience',0,0,0,0);
INSERT INTO "account" VALUES(10,NULL,'achievement','oranges',0,0,0,0);
INSERT INTO "account" VALUES(11,NULL,'achievement','gems',0,0,0,0);
INSERT INTO "account" VALUES(12,NULL,'achievement','experience',0,0,0,0);
INSERT INTO "account" VALUES(13,NULL,'business','oranges',0,0,0,0);
INSERT INTO "account" VALUES(14,NULL,'business','gems',0,0,0,0);
INSERT INTO "account" VALUES(15,NULL,'business','experience',0,0,0,0);
INSERT INTO "account" VALUES(16,NULL,'sale','oranges',-40,0,10,1);
INSERT INTO "account" VALUES(17,NULL,'sale','gems',0,0,0,0);
INSERT INTO "account" VALUES(18,NULL,'sale','experience',0,0,0,0);
INSERT INTO "account" VALUES(19,NULL,'rank_up','oranges',0,0,0,0);
INSERT INTO "account" VALUES(20,NULL,'rank_up','gems',0,0,0,0);
INSERT INTO "account" VALUES(21,NULL,'rank_up','experience',0,0,0,0);
INSERT INTO "account" VALUES(22,NULL,'admin','oranges',-1000,0,3,1);
INSERT INTO "account" VALUES(23,NULL,'admin','gems',-3,0,13,1);
INSERT INTO "account" VALUES(24,NULL,'admin','experience',0,0,0,0);
INSERT INTO "account" VALUES(25,NULL,'experience','oranges',0,0,0,0);
INSERT INTO "account" VALUES(26,NULL,'experience','gems',0,0,0,0);
INSERT INTO "account" VALUES(27,NULL,'experience','experience',-115,0,12,3);
INSERT INTO "account" VALUES(28,NULL,'case','oranges',1150,0,11,3);
INSERT INTO "account" VALUES(29,NULL,'case','gems',0,0,0,0);
INSERT INTO "account" VALUES(30,NULL,'case','experience',0,0,0,0);
INSERT INTO "account" VALUES(31,NULL,'shop','oranges',0,0,0,0);
INSERT INTO "account" VALUES(32,NULL,'shop','gems',0,0,0,0);
INSERT INTO "account" VALUES(33,NULL,'shop','experience',0,0,0,0);
INSERT INTO "account" VALUES(34,NULL,'black_market','oranges',0,0,0,0);
INSERT INTO "account" VALUES(35,NULL,'black_market','gems',0,0,0,0);
INSERT INTO "account" VALUES(36,NULL,'black_market','experience',0,0,0,0);
INSERT INTO "account" VALUES(37,NULL,'upkeep','oranges',0,0,0,0);
INSERT INTO "account" VALUES(38,NULL,'upkeep','gems',0,0,0,0);
INSERT INTO "account" VALUES(39,NULL,'upkeep','experience',0,0,0,0);
INSERT INTO "account" VALUES(40,NULL,'operating_cost','oranges',0,0,0,0);
INSERT INTO "account" VALUES(41,NULL,'operating_cost','gems',0,0,0,0);
INSERT INTO "account" VALUES(42,NULL,'operating_cost','experience',0,0,0,0);
INSERT INTO "account" VALUES(43,NULL,'bazaar_fee','oranges',0,0,0,0);
INSERT INTO "account" VALUES(44,NULL,'bazaar_fee','gems',0,0,0,0);
INSERT INTO "account" VALUES(45,NULL,'bazaar_fee','experience',0,0,0,0);
INSERT INTO "account" VALUES(46,NULL,'fine','oranges',0,0,0,0);
INSERT INTO "account" VALUES(47,NULL,'fine','gems',0,0,0,0);
INSERT INTO "account" VALUES(48,NULL,'fine','experience',0,0,0,0);
INSERT INTO "account" VALUES(49,NULL,'workshop_fee','oranges',0,0,0,0);
INSERT INTO "account" VALUES(50,NULL,'workshop_fee','gems',0,0,0,0);
INSERT INTO "account" VALUES(51,NULL,'workshop_fee','experience',0,0,0,0);
INSERT INTO "account" VALUES(52,NULL,'reroll','oranges',0,0,0,0);
INSERT INTO "account" VALUES(53,NULL,'reroll','gems',0,0,0,0);
INSERT INTO "account" VALUES(54,NULL,'reroll','experience',0,0,0,0);
INSERT INTO "account" VALUES(55,NULL,'trade_hold','oranges',0,0,0,0);
INSERT INTO "account" VALUES(56,NULL,'trade_hold','gems',0,0,0,0);
INSERT INTO "account" VALUES(57,NULL,'trade_hold','experience',0,0,0,0);
INSERT INTO "account" VALUES(58,1,NULL,'oranges',4890,1150,11,6);
INSERT INTO "account" VALUES(59,1,NULL,'gems',25,0,2,1);
INSERT INTO "account" VALUES(60,1,NULL,'experience',115,0,12,3);
INSERT INTO "account" VALUES(61,2,NULL,'oranges',5000,0,4,1);
INSERT INTO "account" VALUES(62,2,NULL,'gems',28,0,13,2);
INSERT INTO "account" VALUES(63,2,NULL,'experience',0,0,0,0);
CREATE TABLE achieved (
	id INTEGER NOT NULL, 
	operation_id INTEGER NOT NULL, 
	player_id INTEGER NOT NULL, 
	achievement_id INTEGER NOT NULL, 
	at INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(operation_id) REFERENCES operation (id), 
	FOREIGN KEY(player_id) REFERENCES player (id), 
	FOREIGN KEY(achievement_id) REFERENCES achievement (id)
)
 STRICT

;
CREATE TABLE achievement (
	id INTEGER NOT NULL, 
	slug TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	description TEXT NOT NULL, 
	emoji TEXT NOT NULL, 
	condition TEXT NOT NULL, 
	threshold INTEGER NOT NULL, 
	oranges INTEGER NOT NULL, 
	gems INTEGER NOT NULL, 
	experience INTEGER NOT NULL, 
	item_id INTEGER, 
	active INTEGER NOT NULL, 
	quest INTEGER DEFAULT '0' NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT threshold_range CHECK (threshold > 0), 
	CONSTRAINT reward_range CHECK (oranges >= 0 AND gems >= 0 AND experience >= 0), 
	UNIQUE (slug), 
	FOREIGN KEY(item_id) REFERENCES item (id)
)
 STRICT

;
CREATE TABLE bazaar_turn (
	id INTEGER NOT NULL, 
	operation_id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(operation_id) REFERENCES operation (id)
)
 STRICT

;
CREATE TABLE brought (
	player_id INTEGER NOT NULL, 
	operation_id INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	money INTEGER NOT NULL, 
	items INTEGER NOT NULL, 
	PRIMARY KEY (player_id, operation_id), 
	CONSTRAINT flags CHECK (money IN (0, 1) AND items IN (0, 1)), 
	FOREIGN KEY(player_id) REFERENCES player (id), 
	FOREIGN KEY(operation_id) REFERENCES operation (id)
)
 STRICT

;
INSERT INTO "brought" VALUES(1,1,'player',1,0);
INSERT INTO "brought" VALUES(1,2,'grant',1,0);
INSERT INTO "brought" VALUES(2,3,'player',1,0);
INSERT INTO "brought" VALUES(2,10,'grant',1,1);
CREATE TABLE case_box (
	id INTEGER NOT NULL, 
	slug TEXT NOT NULL, 
	name TEXT NOT NULL, 
	description TEXT NOT NULL, 
	price INTEGER NOT NULL, 
	sprite TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	odds_table_id INTEGER NOT NULL, 
	active INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT price_range CHECK (price > 0), 
	UNIQUE (slug), 
	FOREIGN KEY(odds_table_id) REFERENCES odds_table (id)
)
 STRICT

;
INSERT INTO "case_box" VALUES(1,'crate','Test Crate','',100,'',0,1,1);
INSERT INTO "case_box" VALUES(2,'box','Second Box','',450,'',1,2,1);
INSERT INTO "case_box" VALUES(3,'rack','Spoon Rack','',200,'',2,3,1);
CREATE TABLE category (
	name TEXT NOT NULL, 
	PRIMARY KEY (name)
)
 STRICT

;
INSERT INTO "category" VALUES('weapon');
INSERT INTO "category" VALUES('armor');
INSERT INTO "category" VALUES('business');
INSERT INTO "category" VALUES('housing');
INSERT INTO "category" VALUES('frame');
INSERT INTO "category" VALUES('title');
INSERT INTO "category" VALUES('background');
INSERT INTO "category" VALUES('name_effect');
INSERT INTO "category" VALUES('celebration');
INSERT INTO "category" VALUES('emoji_badge');
INSERT INTO "category" VALUES('bigpulp_hat');
INSERT INTO "category" VALUES('bigpulp_mood');
INSERT INTO "category" VALUES('bigpulp_accessory');
INSERT INTO "category" VALUES('bigpulp_position');
INSERT INTO "category" VALUES('font_color');
INSERT INTO "category" VALUES('font_style');
INSERT INTO "category" VALUES('font_family');
INSERT INTO "category" VALUES('avatar_glow');
INSERT INTO "category" VALUES('avatar_size');
INSERT INTO "category" VALUES('page_background');
INSERT INTO "category" VALUES('dialogue_style');
INSERT INTO "category" VALUES('collection_layout');
INSERT INTO "category" VALUES('card_style');
INSERT INTO "category" VALUES('entrance_animation');
INSERT INTO "category" VALUES('stats_style');
INSERT INTO "category" VALUES('tabs_style');
INSERT INTO "category" VALUES('visitor_counter');
INSERT INTO "category" VALUES('consumable');
INSERT INTO "category" VALUES('collectible');
INSERT INTO "category" VALUES('bundle');
CREATE TABLE completion (
	id INTEGER NOT NULL, 
	operation_id INTEGER NOT NULL, 
	player_id INTEGER NOT NULL, 
	case_id INTEGER NOT NULL, 
	at INTEGER NOT NULL, 
	oranges INTEGER NOT NULL, 
	gems INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT reward_range CHECK (oranges >= 0 AND gems >= 0), 
	FOREIGN KEY(operation_id) REFERENCES operation (id), 
	FOREIGN KEY(player_id) REFERENCES player (id), 
	FOREIGN KEY(case_id) REFERENCES case_box (id)
)
 STRICT

;
CREATE TABLE condition (
	id INTEGER NOT NULL, 
	operation_id INTEGER NOT NULL, 
	player_item_id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	uses INTEGER, 
	durability INTEGER, 
	PRIMARY KEY (id), 
	CONSTRAINT number_range CHECK (number > 0), 
	CONSTRAINT uses_range CHECK (uses >= 0), 
	CONSTRAINT durability_range CHECK (durability >= 0), 
	FOREIGN KEY(operation_id) REFERENCES operation (id), 
	FOREIGN KEY(player_item_id) REFERENCES player_item (id)
)
 STRICT

;
CREATE TABLE counted_piece (
	id INTEGER NOT NULL, 
	operation_id INTEGER NOT NULL, 
	completion_id INTEGER NOT NULL, 
	player_item_id INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(operation_id) REFERENCES operation (id), 
	FOREIGN KEY(completion_id) REFERENCES completion (id), 
	FOREIGN KEY(player_item_id) REFERENCES player_item (id)
)
 STRICT

;
CREATE TABLE counter (
	player_id INTEGER NOT NULL, 
	what TEXT NOT NULL, 
	entry INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	last_id INTEGER NOT NULL, 
	PRIMARY KEY (player_id, what, entry), 
	CONSTRAINT what_word CHECK (what IN ('won', 'batch', 'items_sold', 'gear_broken', 'shifts', 'revenue', 'costs', 'friends', 'visits', 'bazaar_sales', 'bazaar_earned', 'bazaar_fees', 'items_given', 'oranges_given', 'gems_given', 'items_received', 'oranges_received', 'gems_received', 'equipped', 'listed', 'offered', 'sold', 'withdrawn', 'gifted', 'consumed', 'traded', 'fused', 'stolen', 'destroyed', 'expired', 'returned')), 
	CONSTRAINT count_range CHECK (number >= 0), 
	FOREIGN KEY(player_id) REFERENCES player (id)
)
 STRICT

;
INSERT INTO "counter" VALUES(1,'batch',0,3,6);
INSERT INTO "counter" VALUES(1,'won',1000000,3,3);
INSERT INTO "counter" VALUES(1,'won',3000001,1,4);
INSERT INTO "counter" VALUES(1,'won',3000000,1,5);
INSERT INTO "counter" VALUES(1,'items_sold',0,1,6);
INSERT INTO "counter" VALUES(1,'sold',1,1,6);
INSERT INTO "counter" VALUES(1,'won',2000001,1,6);
CREATE TABLE daily_bonus (
	id INTEGER NOT NULL, 
	operation_id INTEGER NOT NULL, 
	player_id INTEGER NOT NULL, 
	day INTEGER NOT NULL, 
	streak INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT streak_range CHECK (streak > 0), 
	FOREIGN KEY(operation_id) REFERENCES operation (id), 
	FOREIGN KEY(player_id) REFERENCES player (id)
)
 STRICT

;
CREATE TABLE economy_numbers (
	after_operation INTEGER NOT NULL, 
	numbers TEXT NOT NULL, 
	PRIMARY KEY (after_operation)
)
 STRICT

;
INSERT INTO "economy_numbers" VALUES(0,'{"bazaar.duration": 604800000, "bazaar.fee_percent": 5, "bazaar.least_fee": 1, "bazaar.most_price": 1000000000, "black_market.counts": {"common": [3, 5], "rare": [2, 3], "uncommon": [3, 5]}, "black_market.featured_discount": 25, "black_market.legendary_chance": 30, "black_market.stocks": {"common": [10, 20], "legendary": [1, 3], "rare": [3, 8], "uncommon": [5, 10]}, "catalogue": {"cases": [["crate", "500ca5b239c6d10a8f28d3662168eb1ca656cb29127cefd66a0c77866a13bb10"], ["box", "645262048b2ef2d35ded38c102678874d8eef59996ead98318bfa48b3c1debe9"], ["rack", "2703b63e8015b8fe9239cb60612a81b5b7abb8a01caefb652beef1cf43f1ec5a"]], "digest": "08a3a3f61f7166b09d264650e6d5e8acf1cac8014b39001c95e867fc4e7a519f", "goals": {}, "items": {"1": [0, 0, 40, {}], "2": [0, 0, 120, {}], "3": [0, 0, 700, {}], "4": [0, 0, 2400, {}], "5": [0, 0, 15000, {}], "6": [0, 0, 0, {"default": false}], "7": [0, 0, 300, {"durability": 100, "rob_bonus": 3}], "8": [0, 0, 650, {}]}, "neighbours": {}, "pack": "b583bffe3f21f3c8daf8df75485fabebb30a44d04c453cb994594799d764c773"}, "collections.gems": 10, "collections.least_oranges": 100, "collections.oranges_per_experience": 10, "collections.reward_percent": 10, "consumables.donut_pay": [3, 2], "consumables.poop_lasts": 86400000, "consumables.repair": 25, "escrow.drop_held": 86400000, "escrow.gift_held": 172800000, "gear.revenue": {"common": [2000, 5000], "legendary": [7400, 80000], "rare": [5400, 35000], "uncommon": [4000, 15000]}, "gear_shop.first_reroll": 5, "gear_shop.sizes": {"Associate": 7, "Captain": 9, "Kingpin": 10, "Rookie": 6, "Soldier": 8, "Underboss": 10}, "lifecycle.escrow_room": 3, "lifecycle.gear_room": 10, "money.oranges_per_experience": 10, "money.starting": {"gems": 25, "oranges": 5000}, "neighbour_calls.present_least": 50, "neighbour_calls.present_most": 400, "property.debuff": 20, "property.full_till": 604800000, "property.rest": {"common": 10, "legendary": 60, "rare": 35, "uncommon": 20}, "property.spread": 20, "ranks.rank_up_gems": 10, "ranks.ranks": [["Rookie", 0], ["Associate", 1000], ["Soldier", 5000], ["Captain", 20000], ["Underboss", 75000], ["Kingpin", 250000]], "streets.a_day_away": 1, "streets.an_absence": 3, "streets.daily_gems": 10, "streets.daily_step": 100, "streets.fine": 5, "streets.least_chance": 5, "streets.least_fine": 100, "streets.loot_most": 15, "streets.most_chance": 95, "streets.most_fine": 500, "streets.on_guard": 86400000, "streets.robbery_experience": 25, "streets.shift_experience": 5, "streets.shift_least": 20, "streets.shift_most": 120, "streets.shift_pause": 30000, "streets.shifts_a_day": 40, "streets.stake": 200, "streets.stolen_held": 172800000, "streets.streak": 7, "streets.wear_least": 2, "streets.wear_most": 3, "trades.duration": 172800000, "trades.most_things": 8, "undo.window": 60000, "withdrawals.least_value": 10000, "workshop.fee_percent": 25, "workshop.inputs": 5, "workshop.least_fee": 50, "workshop.most_fillers": 0}');
CREATE TABLE effect (
	id INTEGER NOT NULL, 
	operation_id INTEGER NOT NULL, 
	player_id INTEGER NOT NULL, 
	by_player_id INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	until INTEGER, 
	ended_by INTEGER, 
	PRIMARY KEY (id), 
	CONSTRAINT kind_word CHECK (kind IN ('fed', 'splat')), 
	FOREIGN KEY(operation_id) REFERENCES operation (id), 
	FOREIGN KEY(player_id) REFERENCES player (id), 
	FOREIGN KEY(by_player_id) REFERENCES player (id), 
	FOREIGN KEY(ended_by) REFERENCES operation (id)
)
 STRICT

;
CREATE TABLE friendship (
	id INTEGER NOT NULL, 
	operation_id INTEGER NOT NULL, 
	low_id INTEGER NOT NULL, 
	high_id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	by_id INTEGER NOT NULL, 
	event TEXT NOT NULL, 
	at INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT event_word CHECK (event IN ('request', 'accept', 'decline', 'remove')), 
	CONSTRAINT two_players CHECK (low_id < high_id), 
	CONSTRAINT one_of_them CHECK (by_id IN (low_id, high_id)), 
	FOREIGN KEY(operation_id) REFERENCES operation (id), 
	FOREIGN KEY(low_id) REFERENCES player (id), 
	FOREIGN KEY(high_id) REFERENCES player (id), 
	FOREIGN KEY(by_id) REFERENCES player (id)
)
 STRICT

;
CREATE TABLE fusion (
	id INTEGER NOT NULL, 
	operation_id INTEGER NOT NULL, 
	player_id INTEGER NOT NULL, 
	rarity TEXT NOT NULL, 
	fee INTEGER NOT NULL, 
	roll_id INTEGER NOT NULL, 
	inputs INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT rarity_word CHECK (rarity IN ('common', 'uncommon', 'rare', 'epic', 'legendary')), 
	CONSTRAINT fee_range CHECK (fee > 0), 
	CONSTRAINT inputs_range CHECK (inputs > 0), 
	FOREIGN KEY(operation_id) REFERENCES operation (id), 
	FOREIGN KEY(player_id) REFERENCES player (id), 
	FOREIGN KEY(roll_id) REFERENCES roll (id)
)
 STRICT

;
CREATE TABLE fusion_input (
	id INTEGER NOT NULL, 
	operation_id INTEGER NOT NULL, 
	fusion_id INTEGER NOT NULL, 
	player_item_id INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(operation_id) REFERENCES operation (id), 
	FOREIGN KEY(fusion_id) REFERENCES fusion (id), 
	FOREIGN KEY(player_item_id) REFERENCES player_item (id)
)
 STRICT

;
CREATE TABLE gear_shop (
	id INTEGER NOT NULL, 
	operation_id INTEGER NOT NULL, 
	player_id INTEGER NOT NULL, 
	day INTEGER NOT NULL, 
	rerolls INTEGER NOT NULL, 
	rank TEXT NOT NULL, 
	items TEXT NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT rerolls_range CHECK (rerolls >= 0), 
	FOREIGN KEY(operation_id) REFERENCES operation (id), 
	FOREIGN KEY(player_id) REFERENCES player (id)
)
 STRICT

;
CREATE TABLE gift (
	id INTEGER NOT NULL, 
	operation_id INTEGER NOT NULL, 
	giver_id INTEGER NOT NULL, 
	receiver_id INTEGER NOT NULL, 
	at INTEGER NOT NULL, 
	given_id INTEGER, 
	received_id INTEGER, 
	oranges INTEGER NOT NULL, 
	gems INTEGER NOT NULL, 
	message TEXT NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT two_players CHECK (giver_id <> receiver_id), 
	CONSTRAINT one_kind CHECK ((given_id IS NOT NULL) + (oranges > 0) + (gems > 0) = 1), 
	CONSTRAINT both_rows CHECK ((given_id IS NULL) = (received_id IS NULL)), 
	FOREIGN KEY(operation_id) REFERENCES operation (id), 
	FOREIGN KEY(giver_id) REFERENCES player (id), 
	FOREIGN KEY(receiver_id) REFERENCES player (id), 
	FOREIGN KEY(given_id) REFERENCES player_item (id), 
	FOREIGN KEY(received_id) REFERENCES player_item (id)
)
 STRICT

;
CREATE TABLE holding (
	player_id INTEGER NOT NULL, 
	item_id INTEGER NOT NULL, 
	held INTEGER NOT NULL, 
	escrowed INTEGER NOT NULL, 
	last_move_id INTEGER NOT NULL, 
	PRIMARY KEY (player_id, item_id), 
	CONSTRAINT count_range CHECK (held >= 0 AND escrowed >= 0), 
	FOREIGN KEY(player_id) REFERENCES player (id), 
	FOREIGN KEY(item_id) REFERENCES item (id)
)
 STRICT

;
INSERT INTO "holding" VALUES(1,1,3,0,6);
INSERT INTO "holding" VALUES(1,7,1,0,4);
INSERT INTO "holding" VALUES(1,8,1,0,7);
INSERT INTO "holding" VALUES(2,6,1,0,8);
CREATE TABLE income (
	id INTEGER NOT NULL, 
	operation_id INTEGER NOT NULL, 
	player_id INTEGER NOT NULL, 
	period INTEGER NOT NULL, 
	player_item_id INTEGER NOT NULL, 
	revenue INTEGER NOT NULL, 
	cost INTEGER NOT NULL, 
	reduced INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT income_range CHECK (revenue >= 0 AND cost >= 0), 
	FOREIGN KEY(operation_id) REFERENCES operation (id), 
	FOREIGN KEY(player_id) REFERENCES player (id), 
	FOREIGN KEY(player_item_id) REFERENCES player_item (id)
)
 STRICT

;
CREATE TABLE invitation (
	id INTEGER NOT NULL, 
	hash TEXT NOT NULL, 
	uses INTEGER NOT NULL, 
	made_at INTEGER NOT NULL, 
	until INTEGER NOT NULL, 
	revoked_at INTEGER, 
	PRIMARY KEY (id), 
	CONSTRAINT uses_range CHECK (uses >= 1), 
	CONSTRAINT invitation_span CHECK (made_at < until), 
	UNIQUE (hash)
)
 STRICT

;
CREATE TABLE invitation_use (
	id INTEGER NOT NULL, 
	operation_id INTEGER NOT NULL, 
	invitation_id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	player_id INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(operation_id) REFERENCES operation (id), 
	FOREIGN KEY(invitation_id) REFERENCES invitation (id), 
	UNIQUE (player_id), 
	FOREIGN KEY(player_id) REFERENCES player (id)
)
 STRICT

;
CREATE TABLE item (
	id INTEGER NOT NULL, 
	slug TEXT NOT NULL, 
	name TEXT NOT NULL, 
	description TEXT NOT NULL, 
	flavour TEXT NOT NULL, 
	category TEXT NOT NULL, 
	rarity TEXT NOT NULL, 
	rarity_rank INTEGER NOT NULL, 
	tier TEXT NOT NULL, 
	price_oranges INTEGER NOT NULL, 
	price_gems INTEGER NOT NULL, 
	value INTEGER NOT NULL, 
	emoji TEXT NOT NULL, 
	sprite TEXT NOT NULL, 
	style TEXT NOT NULL, 
	image_url TEXT NOT NULL, 
	details TEXT NOT NULL, 
	active INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT rarity_word CHECK (rarity IN ('common', 'uncommon', 'rare', 'epic', 'legendary')), 
	CONSTRAINT tier_word CHECK (tier IN ('free', 'basic', 'premium')), 
	CONSTRAINT value_range CHECK (value >= 0), 
	UNIQUE (slug), 
	FOREIGN KEY(category) REFERENCES category (name)
)
 STRICT

;
INSERT INTO "item" VALUES(1,'straw','Bent Straw','','','collectible','common',0,'basic',0,0,40,'','','','','{}',1);
INSERT INTO "item" VALUES(2,'stamp','Market Stamp','','','collectible','uncommon',1,'basic',0,0,120,'','','','','{}',1);
INSERT INTO "item" VALUES(3,'lemon','Glass Lemon','','','collectible','rare',2,'basic',0,0,700,'','','','','{}',1);
INSERT INTO "item" VALUES(4,'peel','Neon Peel','','','collectible','epic',3,'basic',0,0,2400,'','','','','{}',1);
INSERT INTO "item" VALUES(5,'squeezer','Golden Squeezer','','','collectible','legendary',4,'basic',0,0,15000,'','','','','{}',1);
INSERT INTO "item" VALUES(6,'cap','Paper Cap','','','title','common',0,'basic',0,0,0,'','','cap','','{"default": false}',1);
INSERT INTO "item" VALUES(7,'spoon','Sharp Spoon','','','weapon','common',0,'basic',0,0,300,'','','','','{"durability": 100, "rob_bonus": 3}',1);
INSERT INTO "item" VALUES(8,'lemon-2','Cracked Lemon','','','collectible','rare',2,'basic',0,0,650,'','','','','{}',1);
CREATE TABLE listing (
	id INTEGER NOT NULL, 
	operation_id INTEGER NOT NULL, 
	seller_id INTEGER NOT NULL, 
	player_item_id INTEGER NOT NULL, 
	item_id INTEGER NOT NULL, 
	price INTEGER NOT NULL, 
	at INTEGER NOT NULL, 
	until INTEGER NOT NULL, 
	state TEXT NOT NULL, 
	ended_by INTEGER, 
	buyer_id INTEGER, 
	bought_id INTEGER, 
	fee INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT state_word CHECK (state IN ('open', 'sold', 'taken_back', 'expired')), 
	CONSTRAINT price_range CHECK (price > 0), 
	CONSTRAINT fee_range CHECK (fee BETWEEN 0 AND price), 
	CONSTRAINT ended_once CHECK ((state = 'open') = (ended_by IS NULL)), 
	CONSTRAINT sold_to_somebody CHECK ((state = 'sold') = (buyer_id IS NOT NULL)), 
	CONSTRAINT bought_something CHECK ((buyer_id IS NULL) = (bought_id IS NULL)), 
	FOREIGN KEY(operation_id) REFERENCES operation (id), 
	FOREIGN KEY(seller_id) REFERENCES player (id), 
	FOREIGN KEY(player_item_id) REFERENCES player_item (id), 
	FOREIGN KEY(item_id) REFERENCES item (id), 
	FOREIGN KEY(ended_by) REFERENCES operation (id), 
	FOREIGN KEY(buyer_id) REFERENCES player (id), 
	FOREIGN KEY(bought_id) REFERENCES player_item (id)
)
 STRICT

;
CREATE TABLE listing_block (
	block INTEGER NOT NULL, 
	listed INTEGER NOT NULL, 
	last_listing_id INTEGER NOT NULL, 
	last_move_id INTEGER NOT NULL, 
	PRIMARY KEY (block), 
	CONSTRAINT count_range CHECK (listed >= 0)
)
 STRICT

;
CREATE TABLE listing_count (
	item_id INTEGER NOT NULL, 
	listed INTEGER NOT NULL, 
	sold INTEGER NOT NULL, 
	last_move_id INTEGER NOT NULL, 
	PRIMARY KEY (item_id), 
	CONSTRAINT count_range CHECK (listed >= 0 AND sold >= 0), 
	FOREIGN KEY(item_id) REFERENCES item (id)
)
 STRICT

;
CREATE TABLE market_rotation (
	id INTEGER NOT NULL, 
	operation_id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(operation_id) REFERENCES operation (id)
)
 STRICT

;
CREATE TABLE market_stall (
	id INTEGER NOT NULL, 
	operation_id INTEGER NOT NULL, 
	rotation_id INTEGER NOT NULL, 
	item_id INTEGER NOT NULL, 
	full_price INTEGER NOT NULL, 
	price INTEGER NOT NULL, 
	discount INTEGER NOT NULL, 
	stock INTEGER NOT NULL, 
	sold INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT price_range CHECK (price > 0), 
	CONSTRAINT discount_range CHECK (discount BETWEEN 0 AND 99), 
	CONSTRAINT stock_range CHECK (stock > 0 AND sold BETWEEN 0 AND stock), 
	FOREIGN KEY(operation_id) REFERENCES operation (id), 
	FOREIGN KEY(rotation_id) REFERENCES market_rotation (id), 
	FOREIGN KEY(item_id) REFERENCES item (id)
)
 STRICT

;
CREATE TABLE move (
	id INTEGER NOT NULL, 
	player_item_id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	event TEXT NOT NULL, 
	from_status TEXT, 
	to_status TEXT NOT NULL, 
	operation_id INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT event_word CHECK (event IN ('acquire', 'drop', 'claim', 'expire', 'equip', 'unequip', 'sell', 'withdraw', 'gift', 'use_up', 'list', 'delist', 'offer', 'take_back', 'trade', 'fuse', 'steal', 'break', 'evict', 'discard', 'undo', 'return')), 
	CONSTRAINT from_status_word CHECK (from_status IN ('owned', 'equipped', 'escrowed', 'listed', 'offered', 'sold', 'withdrawn', 'gifted', 'consumed', 'traded', 'fused', 'stolen', 'destroyed', 'expired', 'returned')), 
	CONSTRAINT to_status_word CHECK (to_status IN ('owned', 'equipped', 'escrowed', 'listed', 'offered', 'sold', 'withdrawn', 'gifted', 'consumed', 'traded', 'fused', 'stolen', 'destroyed', 'expired', 'returned')), 
	CONSTRAINT version_range CHECK (version > 0), 
	FOREIGN KEY(player_item_id) REFERENCES player_item (id), 
	FOREIGN KEY(operation_id) REFERENCES operation (id)
)
 STRICT

;
INSERT INTO "move" VALUES(1,1,1,'acquire',NULL,'owned',4);
INSERT INTO "move" VALUES(2,2,1,'acquire',NULL,'owned',4);
INSERT INTO "move" VALUES(3,3,1,'acquire',NULL,'owned',4);
INSERT INTO "move" VALUES(4,4,1,'acquire',NULL,'owned',5);
INSERT INTO "move" VALUES(5,5,1,'acquire',NULL,'owned',5);
INSERT INTO "move" VALUES(6,1,2,'sell','owned','sold',6);
INSERT INTO "move" VALUES(7,6,1,'acquire',NULL,'owned',9);
INSERT INTO "move" VALUES(8,7,1,'acquire',NULL,'owned',10);
CREATE TABLE neighbour (
	id INTEGER NOT NULL, 
	slug TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	details TEXT NOT NULL, 
	active INTEGER NOT NULL, 
	player_id INTEGER, 
	PRIMARY KEY (id), 
	UNIQUE (slug), 
	UNIQUE (player_id), 
	FOREIGN KEY(player_id) REFERENCES player (id)
)
 STRICT

;
CREATE TABLE notification (
	id INTEGER NOT NULL, 
	operation_id INTEGER NOT NULL, 
	player_id INTEGER NOT NULL, 
	at INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	tone TEXT NOT NULL, 
	message TEXT NOT NULL, 
	place TEXT NOT NULL, 
	player_item_id INTEGER, 
	seen INTEGER NOT NULL, 
	shown INTEGER DEFAULT 0 NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT tone_word CHECK (tone IN ('success', 'error', 'info', 'gift')), 
	CONSTRAINT seen_flag CHECK (seen IN (0, 1)), 
	FOREIGN KEY(operation_id) REFERENCES operation (id), 
	FOREIGN KEY(player_id) REFERENCES player (id), 
	FOREIGN KEY(player_item_id) REFERENCES player_item (id)
)
 STRICT

;
CREATE TABLE odds_table (
	id INTEGER NOT NULL, 
	hash TEXT NOT NULL, 
	canonical TEXT NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (hash)
)
 STRICT

;
INSERT INTO "odds_table" VALUES(1,'500ca5b239c6d10a8f28d3662168eb1ca656cb29127cefd66a0c77866a13bb10','{"case":"crate","entries":[{"item":"straw","name":"Bent Straw","parts_per_million":600000,"rarity":"common","value":40},{"item":"stamp","name":"Market Stamp","parts_per_million":300000,"rarity":"uncommon","value":120},{"item":"lemon","name":"Glass Lemon","parts_per_million":80000,"rarity":"rare","value":700},{"item":"peel","name":"Neon Peel","parts_per_million":15000,"rarity":"epic","value":2400},{"item":"squeezer","name":"Golden Squeezer","parts_per_million":5000,"rarity":"legendary","value":15000}],"price":100,"version":1}');
INSERT INTO "odds_table" VALUES(2,'645262048b2ef2d35ded38c102678874d8eef59996ead98318bfa48b3c1debe9','{"case":"box","entries":[{"item":"stamp","name":"Market Stamp","parts_per_million":500000,"rarity":"uncommon","value":120},{"item":"lemon-2","name":"Cracked Lemon","parts_per_million":500000,"rarity":"rare","value":650}],"price":450,"version":1}');
INSERT INTO "odds_table" VALUES(3,'2703b63e8015b8fe9239cb60612a81b5b7abb8a01caefb652beef1cf43f1ec5a','{"case":"rack","entries":[{"item":"straw","name":"Bent Straw","parts_per_million":500000,"rarity":"common","value":40},{"item":"spoon","name":"Sharp Spoon","parts_per_million":500000,"rarity":"common","value":300}],"price":200,"version":1}');
CREATE TABLE operation (
	id INTEGER NOT NULL, 
	scope INTEGER NOT NULL, 
	"key" TEXT NOT NULL, 
	player_id INTEGER, 
	kind TEXT NOT NULL, 
	request TEXT NOT NULL, 
	at INTEGER NOT NULL, 
	outcome TEXT, 
	PRIMARY KEY (id), 
	FOREIGN KEY(player_id) REFERENCES player (id)
)
 STRICT

;
INSERT INTO "operation" VALUES(1,0,'3084eed92db84f80a8e160f84508aeac',NULL,'player','{"name":"ana"}',1795197600000,'{"operation":1,"player":1,"repeat":false,"commitments":["83d04047a7e0db5aad64dbc435965382692c84ca420a34cdbe84abf88165df28","4cffa2609c4dff64f849399331db155e2a286844bc01dd1a5b9a0b5d7bb5304b"]}');
INSERT INTO "operation" VALUES(2,0,'8f595231c13c4f7a87ea0e3f37febdba',NULL,'grant','{"gems":0,"item":null,"oranges":1000,"player":1}',1795197600000,'{"operation":2,"player":"ana","oranges":1000,"gems":0,"item_id":null,"item_name":null,"balance":{"oranges":6000,"gems":25},"repeat":false}');
INSERT INTO "operation" VALUES(3,0,'2ac388012c8a4f8ea4fea01000797f88',NULL,'player','{"name":"bob"}',1795197600000,'{"operation":3,"player":2,"repeat":false,"commitments":["486e0c15c5b97cbb97d12ca9e5fa0bf5b4c28c8d9d6037f100881c4a151de6fd","3075ccd25e23c13a239f2c5043b932b33a6c9c80597d69574696c66c069ad743"]}');
INSERT INTO "operation" VALUES(4,1,'deda36f45a7d4fba9564e272bbd1350f',1,'open','{"case":"crate","count":3}',1795197600000,NULL);
INSERT INTO "operation" VALUES(5,1,'e68f3df912af43e59d16b3702d8e2b9a',1,'open','{"case":"rack","count":2}',1795197600000,NULL);
INSERT INTO "operation" VALUES(6,1,'c73addfa3dc043078edd36c84a50c33b',1,'sell','{"items":[1]}',1795197600000,'{"operation":6,"items_sold":1,"total_value":40,"balance":{"oranges":5340,"gems":25},"refused":[],"repeat":false,"unpaid":{}}');
INSERT INTO "operation" VALUES(7,1,'a0437cb051604297aa07964393851d4f',1,'lock','{"items":[2],"locked":true}',1795197600000,'{"operation":7,"locked":true,"changed":1,"refused":[],"repeat":false}');
INSERT INTO "operation" VALUES(8,1,'dfea7ad4751548c39187f41191c67c4f',1,'rotate','{"client_seed":"lucky"}',1795197600000,'{"operation":8,"retired":{"number":1,"server_seed_hash":"83d04047a7e0db5aad64dbc435965382692c84ca420a34cdbe84abf88165df28","client_seed":"825386bba2751e4d","nonce":5,"server_seed":"62d4d13d99ff28e98b69ec47b81703a68d13377f7981a71c8bcd9e74b45a1e5a","retired_at":1795197600000},"active":{"number":2,"server_seed_hash":"4cffa2609c4dff64f849399331db155e2a286844bc01dd1a5b9a0b5d7bb5304b","client_seed":"lucky","nonce":0,"server_seed":null,"retired_at":null},"next_server_seed_hash":"e75c83b9d4fa3b593433d9b61067f18964dbb671574471fc44e204e7dc007d43","repeat":false}');
INSERT INTO "operation" VALUES(9,1,'3fce5fffb0434775b20b6cd74d173653',1,'open','{"case":"box","count":1}',1795197600000,NULL);
INSERT INTO "operation" VALUES(10,0,'b700c5add4ee4634af93e7a62fe38643',NULL,'grant','{"gems":3,"item":"cap","oranges":0,"player":2}',1795197600000,'{"operation":10,"player":"bob","oranges":0,"gems":3,"item_id":7,"item_name":"Paper Cap","balance":{"oranges":5000,"gems":28},"repeat":false}');
CREATE TABLE pack_layer (
	id INTEGER NOT NULL, 
	pack TEXT NOT NULL, 
	plain INTEGER NOT NULL, 
	version TEXT NOT NULL, 
	digest TEXT NOT NULL, 
	files TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	active INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (pack)
)
 STRICT

;
INSERT INTO "pack_layer" VALUES(1,'small',1,'1','b583bffe3f21f3c8daf8df75485fabebb30a44d04c453cb994594799d764c773','{"small.toml": "# A pack for tests: two cases whose odds are easy to reckon, and one that gives gear.\n\n[pack]\nid = \"small\"\nname = \"Small\"\nversion = \"1\"\n\n[[items]]\nid = \"straw\"\nname = \"Bent Straw\"\ncategory = \"collectible\"\nrarity = \"common\"\nvalue = 40\n\n[[items]]\nid = \"stamp\"\nname = \"Market Stamp\"\ncategory = \"collectible\"\nrarity = \"uncommon\"\nvalue = 120\n\n[[items]]\nid = \"lemon\"\nname = \"Glass Lemon\"\ncategory = \"collectible\"\nrarity = \"rare\"\nvalue = 700\n\n[[items]]\nid = \"peel\"\nname = \"Neon Peel\"\ncategory = \"collectible\"\nrarity = \"epic\"\nvalue = 2400\n\n[[items]]\nid = \"squeezer\"\nname = \"Golden Squeezer\"\ncategory = \"collectible\"\nrarity = \"legendary\"\nvalue = 15000\n\n[[items]]\nid = \"cap\"\nname = \"Paper Cap\"\ncategory = \"title\"\nrarity = \"common\"\nstyle = \"cap\"\n\n[[items]]\nid = \"spoon\"\nname = \"Sharp Spoon\"\ncategory = \"weapon\"\nrarity = \"common\"\nsell_price = 300\nrob_bonus = 3\n\n[[cases]]\nid = \"crate\"\nname = \"Test Crate\"\nprice = 100\nentries = [\n  { item = \"straw\", chance = 60 },\n  { item = \"stamp\", chance = 30 },\n  { item = \"lemon\", chance = 8 },\n  { item = \"peel\", chance = 1.5 },\n  { item = \"squeezer\", chance = 0.5 },\n]\n\n[[cases]]\nid = \"box\"\nname = \"Second Box\"\nprice = 450\nentries = [\n  { item = \"stamp\", chance = 50 },\n  { item = \"lemon\", chance = 50, name = \"Cracked Lemon\", value = 650 },\n]\n\n[[cases]]\nid = \"rack\"\nname = \"Spoon Rack\"\nprice = 200\nentries = [\n  { item = \"straw\", chance = 50 },\n  { item = \"spoon\", chance = 50 },\n]\n"}',1,1);
CREATE TABLE passphrase (
	player_id INTEGER NOT NULL, 
	hash TEXT NOT NULL, 
	failures INTEGER NOT NULL, 
	failed_at INTEGER NOT NULL, 
	PRIMARY KEY (player_id), 
	CONSTRAINT failures_range CHECK (failures >= 0), 
	FOREIGN KEY(player_id) REFERENCES player (id)
)
 STRICT

;
CREATE TABLE player (
	id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	name_key TEXT NOT NULL, 
	look TEXT NOT NULL, 
	created_at INTEGER NOT NULL, 
	revealed_operation_id INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (name_key)
)
 STRICT

;
INSERT INTO "player" VALUES(1,'ana','ana','ana',1795197600000,0);
INSERT INTO "player" VALUES(2,'bob','bob','bob',1795197600000,0);
CREATE TABLE player_item (
	id INTEGER NOT NULL, 
	player_id INTEGER NOT NULL, 
	item_id INTEGER NOT NULL, 
	category TEXT NOT NULL, 
	status TEXT, 
	version INTEGER NOT NULL, 
	locked INTEGER NOT NULL, 
	acquired_at INTEGER NOT NULL, 
	acquisition TEXT NOT NULL, 
	price_paid INTEGER NOT NULL, 
	source TEXT NOT NULL, 
	origin_id INTEGER, 
	gems_paid INTEGER NOT NULL, 
	uses INTEGER, 
	durability INTEGER, 
	condition INTEGER NOT NULL, 
	held_until INTEGER, 
	PRIMARY KEY (id), 
	CONSTRAINT status_word CHECK (status IN ('owned', 'equipped', 'escrowed', 'listed', 'offered', 'sold', 'withdrawn', 'gifted', 'consumed', 'traded', 'fused', 'stolen', 'destroyed', 'expired', 'returned')), 
	CONSTRAINT acquisition_word CHECK (acquisition IN ('case', 'purchase', 'bundle', 'gift', 'achievement', 'starter', 'drop', 'theft', 'bazaar', 'trade', 'workshop', 'admin')), 
	CONSTRAINT locked_flag CHECK (locked IN (0, 1)), 
	CONSTRAINT durability_range CHECK (durability >= 0), 
	CONSTRAINT uses_range CHECK (uses >= 0), 
	CONSTRAINT status_has_a_move CHECK ((status IS NULL) = (version = 0)), 
	FOREIGN KEY(player_id) REFERENCES player (id), 
	FOREIGN KEY(item_id) REFERENCES item (id), 
	FOREIGN KEY(origin_id) REFERENCES player_item (id)
)
 STRICT

;
INSERT INTO "player_item" VALUES(1,1,1,'collectible','sold',2,0,1795197600000,'case',100,'crate',NULL,0,NULL,NULL,0,NULL);
INSERT INTO "player_item" VALUES(2,1,1,'collectible','owned',1,1,1795197600000,'case',100,'crate',NULL,0,NULL,NULL,0,NULL);
INSERT INTO "player_item" VALUES(3,1,1,'collectible','owned',1,0,1795197600000,'case',100,'crate',NULL,0,NULL,NULL,0,NULL);
INSERT INTO "player_item" VALUES(4,1,7,'weapon','owned',1,0,1795197600000,'case',200,'rack',NULL,0,NULL,100,0,NULL);
INSERT INTO "player_item" VALUES(5,1,1,'collectible','owned',1,0,1795197600000,'case',200,'rack',NULL,0,NULL,NULL,0,NULL);
INSERT INTO "player_item" VALUES(6,1,8,'collectible','owned',1,0,1795197600000,'case',450,'box',NULL,0,NULL,NULL,0,NULL);
INSERT INTO "player_item" VALUES(7,2,6,'title','owned',1,0,1795197600000,'admin',0,'the world''s owner',NULL,0,NULL,NULL,0,NULL);
CREATE TABLE player_key (
	id INTEGER NOT NULL, 
	player_id INTEGER NOT NULL, 
	fingerprint TEXT NOT NULL, 
	"key" TEXT NOT NULL, 
	note TEXT NOT NULL, 
	added_at INTEGER NOT NULL, 
	removed_at INTEGER, 
	PRIMARY KEY (id), 
	FOREIGN KEY(player_id) REFERENCES player (id)
)
 STRICT

;
CREATE TABLE player_lock (
	player_id INTEGER NOT NULL, 
	locked INTEGER NOT NULL, 
	at INTEGER NOT NULL, 
	PRIMARY KEY (player_id), 
	CONSTRAINT locked_flag CHECK (locked IN (0, 1)), 
	FOREIGN KEY(player_id) REFERENCES player (id)
)
 STRICT

;
CREATE TABLE robbery (
	id INTEGER NOT NULL, 
	operation_id INTEGER NOT NULL, 
	robber_id INTEGER NOT NULL, 
	victim_id INTEGER NOT NULL, 
	at INTEGER NOT NULL, 
	chance INTEGER NOT NULL, 
	success INTEGER NOT NULL, 
	oranges INTEGER NOT NULL, 
	stolen_id INTEGER, 
	roll_id INTEGER, 
	period INTEGER, 
	halved INTEGER, 
	PRIMARY KEY (id), 
	CONSTRAINT two_players CHECK (robber_id <> victim_id), 
	CONSTRAINT chance_range CHECK (chance BETWEEN 0 AND 100), 
	CONSTRAINT success_flag CHECK (success IN (0, 1)), 
	CONSTRAINT oranges_range CHECK (oranges >= 0), 
	CONSTRAINT one_chance CHECK ((roll_id IS NULL) <> (period IS NULL)), 
	FOREIGN KEY(operation_id) REFERENCES operation (id), 
	FOREIGN KEY(robber_id) REFERENCES player (id), 
	FOREIGN KEY(victim_id) REFERENCES player (id), 
	FOREIGN KEY(stolen_id) REFERENCES player_item (id), 
	FOREIGN KEY(roll_id) REFERENCES roll (id)
)
 STRICT

;
CREATE TABLE roll (
	id INTEGER NOT NULL, 
	operation_id INTEGER NOT NULL, 
	seed_pair_id INTEGER NOT NULL, 
	nonce INTEGER NOT NULL, 
	purpose TEXT NOT NULL, 
	ticket INTEGER NOT NULL, 
	odds_table_id INTEGER NOT NULL, 
	entry INTEGER NOT NULL, 
	player_item_id INTEGER, 
	draw INTEGER DEFAULT 0 NOT NULL, 
	since INTEGER DEFAULT 0 NOT NULL, 
	promised_case TEXT, 
	PRIMARY KEY (id), 
	CONSTRAINT ticket_range CHECK (ticket BETWEEN 0 AND 999999), 
	CONSTRAINT nonce_range CHECK (nonce >= 0), 
	FOREIGN KEY(operation_id) REFERENCES operation (id), 
	FOREIGN KEY(seed_pair_id) REFERENCES seed_pair (id), 
	FOREIGN KEY(odds_table_id) REFERENCES odds_table (id), 
	UNIQUE (player_item_id), 
	FOREIGN KEY(player_item_id) REFERENCES player_item (id)
)
 STRICT

;
INSERT INTO "roll" VALUES(1,4,1,0,'case',7793,1,0,1,0,0,NULL);
INSERT INTO "roll" VALUES(2,4,1,1,'case',196260,1,0,2,0,0,NULL);
INSERT INTO "roll" VALUES(3,4,1,2,'case',568948,1,0,3,0,0,NULL);
INSERT INTO "roll" VALUES(4,5,1,3,'case',768615,3,1,4,0,0,NULL);
INSERT INTO "roll" VALUES(5,5,1,4,'case',5552,3,0,5,0,0,NULL);
INSERT INTO "roll" VALUES(6,9,2,0,'case',715216,2,1,6,0,0,NULL);
CREATE TABLE seed_pair (
	id INTEGER NOT NULL, 
	player_id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	state TEXT NOT NULL, 
	server_seed TEXT NOT NULL, 
	server_seed_hash TEXT NOT NULL, 
	client_seed TEXT NOT NULL, 
	nonce INTEGER NOT NULL, 
	retired_at INTEGER, 
	PRIMARY KEY (id), 
	CONSTRAINT state_word CHECK (state IN ('next', 'active', 'retired')), 
	CONSTRAINT nonce_range CHECK (nonce >= 0), 
	FOREIGN KEY(player_id) REFERENCES player (id)
)
 STRICT

;
INSERT INTO "seed_pair" VALUES(1,1,1,'retired','62d4d13d99ff28e98b69ec47b81703a68d13377f7981a71c8bcd9e74b45a1e5a','83d04047a7e0db5aad64dbc435965382692c84ca420a34cdbe84abf88165df28','825386bba2751e4d',5,1795197600000);
INSERT INTO "seed_pair" VALUES(2,1,2,'active','a434e5286c99173e7093e770a973c50326c9ca3c46b7fa26f1b5c3235f7de348','4cffa2609c4dff64f849399331db155e2a286844bc01dd1a5b9a0b5d7bb5304b','lucky',1,NULL);
INSERT INTO "seed_pair" VALUES(3,2,1,'active','3887dba329a19b9169b89a1eb5ee7c1700c18e876a7c83723ae60e7a51d9bf32','486e0c15c5b97cbb97d12ca9e5fa0bf5b4c28c8d9d6037f100881c4a151de6fd','4fc814fee23abf1c',0,NULL);
INSERT INTO "seed_pair" VALUES(4,2,2,'next','40afe7a43607097f5972d587cf1caedcedb99c07e679236f148ef7d20cf0074a','3075ccd25e23c13a239f2c5043b932b33a6c9c80597d69574696c66c069ad743','4fc814fee23abf1c',0,NULL);
INSERT INTO "seed_pair" VALUES(5,1,3,'next','4bb81f222fc40897813c8e7aeb1b293e20f9ba579bee9d287ecc776d8dd175f3','e75c83b9d4fa3b593433d9b61067f18964dbb671574471fc44e204e7dc007d43','lucky',0,NULL);
CREATE TABLE settlement (
	id INTEGER NOT NULL, 
	operation_id INTEGER NOT NULL, 
	player_id INTEGER NOT NULL, 
	since INTEGER NOT NULL, 
	until INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT settlement_span CHECK (since <= until), 
	FOREIGN KEY(operation_id) REFERENCES operation (id), 
	FOREIGN KEY(player_id) REFERENCES player (id)
)
 STRICT

;
CREATE TABLE shift (
	id INTEGER NOT NULL, 
	operation_id INTEGER NOT NULL, 
	player_id INTEGER NOT NULL, 
	day INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	at INTEGER NOT NULL, 
	skill INTEGER NOT NULL, 
	pay INTEGER NOT NULL, 
	fed INTEGER NOT NULL, 
	player_item_id INTEGER, 
	rest INTEGER DEFAULT '0' NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT skill_range CHECK (skill BETWEEN 0 AND 100), 
	CONSTRAINT number_range CHECK (number > 0), 
	FOREIGN KEY(operation_id) REFERENCES operation (id), 
	FOREIGN KEY(player_id) REFERENCES player (id), 
	FOREIGN KEY(player_item_id) REFERENCES player_item (id)
)
 STRICT

;
CREATE TABLE stall_sale (
	id INTEGER NOT NULL, 
	operation_id INTEGER NOT NULL, 
	stall_id INTEGER NOT NULL, 
	player_item_id INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(operation_id) REFERENCES operation (id), 
	FOREIGN KEY(stall_id) REFERENCES market_stall (id), 
	FOREIGN KEY(player_item_id) REFERENCES player_item (id)
)
 STRICT

;
CREATE TABLE stock (
	item_id INTEGER NOT NULL, 
	edition INTEGER NOT NULL, 
	first INTEGER NOT NULL, 
	sold INTEGER NOT NULL, 
	PRIMARY KEY (item_id), 
	CONSTRAINT stock_range CHECK (sold BETWEEN 0 AND first), 
	FOREIGN KEY(item_id) REFERENCES item (id)
)
 STRICT

;
CREATE TABLE trade (
	id INTEGER NOT NULL, 
	operation_id INTEGER NOT NULL, 
	proposer_id INTEGER NOT NULL, 
	partner_id INTEGER NOT NULL, 
	proposer_oranges INTEGER NOT NULL, 
	partner_oranges INTEGER NOT NULL, 
	message TEXT NOT NULL, 
	at INTEGER NOT NULL, 
	until INTEGER NOT NULL, 
	state TEXT NOT NULL, 
	answer TEXT NOT NULL, 
	ended_by INTEGER, 
	counter_of INTEGER, 
	PRIMARY KEY (id), 
	CONSTRAINT state_word CHECK (state IN ('open', 'accepted', 'declined', 'taken_back', 'countered', 'expired')), 
	CONSTRAINT two_players CHECK (proposer_id <> partner_id), 
	CONSTRAINT sum_range CHECK (proposer_oranges >= 0 AND partner_oranges >= 0), 
	CONSTRAINT ended_once CHECK ((state = 'open') = (ended_by IS NULL)), 
	FOREIGN KEY(operation_id) REFERENCES operation (id), 
	FOREIGN KEY(proposer_id) REFERENCES player (id), 
	FOREIGN KEY(partner_id) REFERENCES player (id), 
	FOREIGN KEY(ended_by) REFERENCES operation (id), 
	FOREIGN KEY(counter_of) REFERENCES trade (id)
)
 STRICT

;
CREATE TABLE trade_thing (
	id INTEGER NOT NULL, 
	operation_id INTEGER NOT NULL, 
	trade_id INTEGER NOT NULL, 
	side TEXT NOT NULL, 
	player_item_id INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT side_word CHECK (side IN ('proposer', 'partner')), 
	FOREIGN KEY(operation_id) REFERENCES operation (id), 
	FOREIGN KEY(trade_id) REFERENCES trade (id), 
	FOREIGN KEY(player_item_id) REFERENCES player_item (id)
)
 STRICT

;
CREATE TABLE transfer (
	id INTEGER NOT NULL, 
	operation_id INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	currency TEXT NOT NULL, 
	amount INTEGER NOT NULL, 
	from_account_id INTEGER NOT NULL, 
	to_account_id INTEGER NOT NULL, 
	from_balance INTEGER NOT NULL, 
	to_balance INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT currency_word CHECK (currency IN ('oranges', 'gems', 'experience')), 
	CONSTRAINT amount_range CHECK (amount > 0), 
	CONSTRAINT two_accounts CHECK (from_account_id <> to_account_id), 
	FOREIGN KEY(operation_id) REFERENCES operation (id), 
	FOREIGN KEY(from_account_id) REFERENCES account (id), 
	FOREIGN KEY(to_account_id) REFERENCES account (id)
)
 STRICT

;
INSERT INTO "transfer" VALUES(1,1,'start','oranges',5000,1,58,-5000,5000);
INSERT INTO "transfer" VALUES(2,1,'start','gems',25,2,59,-25,25);
INSERT INTO "transfer" VALUES(3,2,'admin','oranges',1000,22,58,-1000,6000);
INSERT INTO "transfer" VALUES(4,3,'start','oranges',5000,1,61,-10000,5000);
INSERT INTO "transfer" VALUES(5,3,'start','gems',25,2,62,-50,25);
INSERT INTO "transfer" VALUES(6,4,'case','oranges',300,58,28,5700,300);
INSERT INTO "transfer" VALUES(7,4,'experience','experience',30,27,60,-30,30);
INSERT INTO "transfer" VALUES(8,5,'case','oranges',400,58,28,5300,700);
INSERT INTO "transfer" VALUES(9,5,'experience','experience',40,27,60,-70,70);
INSERT INTO "transfer" VALUES(10,6,'sale','oranges',40,16,58,-40,5340);
INSERT INTO "transfer" VALUES(11,9,'case','oranges',450,58,28,4890,1150);
INSERT INTO "transfer" VALUES(12,9,'experience','experience',45,27,60,-115,115);
INSERT INTO "transfer" VALUES(13,10,'admin','gems',3,23,62,-3,28);
CREATE TABLE undo (
	id INTEGER NOT NULL, 
	operation_id INTEGER NOT NULL, 
	undone_id INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (operation_id), 
	FOREIGN KEY(operation_id) REFERENCES operation (id), 
	UNIQUE (undone_id), 
	FOREIGN KEY(undone_id) REFERENCES operation (id)
)
 STRICT

;
CREATE TABLE upkeep (
	id INTEGER NOT NULL, 
	operation_id INTEGER NOT NULL, 
	player_id INTEGER NOT NULL, 
	day INTEGER NOT NULL, 
	player_item_id INTEGER NOT NULL, 
	due INTEGER NOT NULL, 
	state TEXT NOT NULL, 
	ended_by INTEGER, 
	PRIMARY KEY (id), 
	CONSTRAINT state_word CHECK (state IN ('due', 'paid', 'evicted')), 
	CONSTRAINT due_range CHECK (due > 0), 
	CONSTRAINT ended_by_an_operation CHECK ((state = 'due') = (ended_by IS NULL)), 
	FOREIGN KEY(operation_id) REFERENCES operation (id), 
	FOREIGN KEY(player_id) REFERENCES player (id), 
	FOREIGN KEY(player_item_id) REFERENCES player_item (id), 
	FOREIGN KEY(ended_by) REFERENCES operation (id)
)
 STRICT

;
CREATE TABLE visit (
	id INTEGER NOT NULL, 
	operation_id INTEGER NOT NULL, 
	visitor_id INTEGER NOT NULL, 
	host_id INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT two_players CHECK (visitor_id <> host_id), 
	UNIQUE (operation_id), 
	FOREIGN KEY(operation_id) REFERENCES operation (id), 
	FOREIGN KEY(visitor_id) REFERENCES player (id), 
	FOREIGN KEY(host_id) REFERENCES player (id)
)
 STRICT

;
CREATE TABLE withdrawal (
	id INTEGER NOT NULL, 
	operation_id INTEGER NOT NULL, 
	player_id INTEGER NOT NULL, 
	player_item_id INTEGER NOT NULL, 
	at INTEGER NOT NULL, 
	details TEXT NOT NULL, 
	state TEXT NOT NULL, 
	path TEXT NOT NULL, 
	delivered_by INTEGER, 
	PRIMARY KEY (id), 
	CONSTRAINT state_word CHECK (state IN ('pending', 'delivered')), 
	CONSTRAINT delivered_once CHECK ((state = 'pending') = (delivered_by IS NULL)), 
	FOREIGN KEY(operation_id) REFERENCES operation (id), 
	FOREIGN KEY(player_id) REFERENCES player (id), 
	FOREIGN KEY(player_item_id) REFERENCES player_item (id), 
	FOREIGN KEY(delivered_by) REFERENCES operation (id)
)
 STRICT

;
CREATE TABLE world_setting (
	name TEXT NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY (name)
)
 STRICT

;
INSERT INTO "world_setting" VALUES('seed','3799dbbaa1721abfd547fe363a2c63bb4a7f4de7214be0ac109b2c8a3db16f35');
INSERT INTO "world_setting" VALUES('signing_key','a9ec8741cd1793e1ad547173281a309ca4785588b827b0e457ecc3c5fe3f717e');
INSERT INTO "world_setting" VALUES('created_at','1795197600000');
INSERT INTO "world_setting" VALUES('pack','b583bffe3f21f3c8daf8df75485fabebb30a44d04c453cb994594799d764c773');
INSERT INTO "world_setting" VALUES('defaults','b583bffe3f21f3c8daf8df75485fabebb30a44d04c453cb994594799d764c773');
CREATE INDEX player_by_look ON player (look);
CREATE UNIQUE INDEX player_key_live ON player_key (player_id, fingerprint) WHERE removed_at IS NULL;
CREATE INDEX item_by_name_and_value ON item (name, value);
CREATE UNIQUE INDEX operation_key ON operation (scope, "key");
CREATE INDEX operation_told ON operation (player_id, id) WHERE kind <> 'settle';
CREATE INDEX operation_of_player ON operation (player_id, id);
CREATE INDEX operation_of_kind ON operation (player_id, kind, id);
CREATE INDEX operation_here ON operation (player_id, id) WHERE kind = 'settle' AND substr(request, 3, 4) = 'here';
CREATE UNIQUE INDEX account_of_player ON account (player_id, currency);
CREATE UNIQUE INDEX account_of_house ON account (house, currency);
CREATE UNIQUE INDEX seed_pair_next ON seed_pair (player_id) WHERE state = 'next';
CREATE UNIQUE INDEX seed_pair_active ON seed_pair (player_id) WHERE state = 'active';
CREATE UNIQUE INDEX seed_pair_number ON seed_pair (player_id, number);
CREATE UNIQUE INDEX invitation_use_number ON invitation_use (invitation_id, number);
CREATE UNIQUE INDEX bazaar_turn_number ON bazaar_turn (number);
CREATE INDEX brought_money ON brought (player_id, kind, operation_id) WHERE money = 1;
CREATE INDEX brought_items ON brought (player_id, kind, operation_id) WHERE items = 1;
CREATE INDEX transfer_in ON transfer (to_account_id, id);
CREATE INDEX transfer_out ON transfer (from_account_id, id);
CREATE INDEX transfer_sale ON transfer (to_account_id, amount) WHERE kind = 'sale';
CREATE INDEX transfer_of_operation ON transfer (operation_id);
CREATE INDEX player_item_status ON player_item (player_id, status, id);
CREATE INDEX player_item_held_of_item ON player_item (player_id, item_id, id) WHERE status IN ('equipped', 'listed', 'offered', 'owned');
CREATE INDEX player_item_locked ON player_item (player_id, item_id) WHERE status = 'owned' AND locked = 1;
CREATE INDEX player_item_held ON player_item (player_id, id) WHERE status IN ('equipped', 'listed', 'offered', 'owned');
CREATE UNIQUE INDEX player_item_slot ON player_item (player_id, category) WHERE status = 'equipped';
CREATE INDEX player_item_bought ON player_item (item_id) WHERE acquisition IN ('bundle', 'purchase');
CREATE UNIQUE INDEX player_item_heir ON player_item (origin_id) WHERE origin_id IS NOT NULL AND status <> 'returned';
CREATE INDEX player_item_origin ON player_item (origin_id) WHERE origin_id IS NOT NULL;
CREATE INDEX player_item_gear ON player_item (player_id, id) WHERE category IN ('armor', 'business', 'housing', 'weapon') AND status IN ('equipped', 'owned');
CREATE INDEX effect_until ON effect (player_id, kind, until);
CREATE INDEX effect_fed ON effect (player_id) WHERE kind = 'fed' AND ended_by IS NULL;
CREATE INDEX effect_of_player ON effect (player_id, kind, id);
CREATE INDEX visit_of_host ON visit (host_id, id);
CREATE UNIQUE INDEX market_rotation_number ON market_rotation (number);
CREATE UNIQUE INDEX gear_shop_of_day ON gear_shop (player_id, day, rerolls);
CREATE INDEX friendship_low ON friendship (low_id, id);
CREATE UNIQUE INDEX friendship_number ON friendship (low_id, high_id, number);
CREATE INDEX friendship_high ON friendship (high_id, id);
CREATE INDEX settlement_until ON settlement (player_id, until);
CREATE INDEX settlement_of_player ON settlement (player_id, id);
CREATE UNIQUE INDEX daily_bonus_of_day ON daily_bonus (player_id, day);
CREATE INDEX daily_bonus_streak ON daily_bonus (player_id, streak);
CREATE INDEX trade_ended_of_partner ON trade (partner_id, state, ended_by) WHERE ended_by IS NOT NULL;
CREATE INDEX trade_of_proposer ON trade (proposer_id, id);
CREATE INDEX trade_of_operation ON trade (operation_id);
CREATE INDEX trade_of_partner ON trade (partner_id, id);
CREATE INDEX trade_waiting ON trade (partner_id, until, id) WHERE state = 'open';
CREATE INDEX trade_ended_of_proposer ON trade (proposer_id, state, ended_by) WHERE ended_by IS NOT NULL;
CREATE INDEX trade_due ON trade (proposer_id, until, id) WHERE state = 'open';
CREATE UNIQUE INDEX completion_once ON completion (player_id, case_id);
CREATE UNIQUE INDEX achieved_once ON achieved (player_id, achievement_id);
CREATE INDEX listing_sold ON listing (seller_id, ended_by, price, fee) WHERE state = 'sold';
CREATE INDEX listing_open_item ON listing (item_id, id) WHERE state = 'open';
CREATE INDEX listing_open_price ON listing (price, id, item_id) WHERE state = 'open';
CREATE INDEX listing_open_item_price ON listing (item_id, price, id) WHERE state = 'open';
CREATE INDEX listing_open_item_until ON listing (item_id, until, id) WHERE state = 'open';
CREATE UNIQUE INDEX listing_open_thing ON listing (player_item_id) WHERE state = 'open';
CREATE INDEX listing_due ON listing (seller_id, until, id, item_id) WHERE state = 'open';
CREATE INDEX listing_open_until ON listing (until, id, item_id) WHERE state = 'open';
CREATE INDEX listing_own ON listing (seller_id, id, item_id) WHERE state = 'open';
CREATE INDEX listing_own_price ON listing (seller_id, price, id, item_id) WHERE state = 'open';
CREATE INDEX listing_own_item ON listing (seller_id, item_id, price, id) WHERE state = 'open';
CREATE INDEX listing_of_thing ON listing (player_item_id, id);
CREATE INDEX listing_of_seller ON listing (seller_id, ended_by, id);
CREATE INDEX listing_of_buyer ON listing (buyer_id, ended_by, id) WHERE state = 'sold';
CREATE INDEX listing_sold_item ON listing (item_id, ended_by) WHERE state = 'sold';
CREATE INDEX listing_open ON listing (id, item_id) WHERE state = 'open';
CREATE INDEX move_of_operation ON move (operation_id);
CREATE UNIQUE INDEX move_number ON move (player_item_id, version);
CREATE INDEX condition_of_operation ON condition (operation_id);
CREATE UNIQUE INDEX condition_number ON condition (player_item_id, number);
CREATE UNIQUE INDEX roll_nonce ON roll (seed_pair_id, nonce);
CREATE INDEX roll_promised ON roll (seed_pair_id, promised_case, nonce) WHERE promised_case IS NOT NULL;
CREATE INDEX roll_of_operation ON roll (operation_id);
CREATE UNIQUE INDEX market_stall_item ON market_stall (rotation_id, item_id);
CREATE INDEX notification_of_player ON notification (player_id, id);
CREATE INDEX notification_unseen ON notification (player_id) WHERE seen = 0;
CREATE INDEX gift_items_to ON gift (receiver_id, id) WHERE given_id IS NOT NULL;
CREATE INDEX gift_given ON gift (given_id) WHERE given_id IS NOT NULL;
CREATE INDEX gift_money_to ON gift (receiver_id, id) WHERE given_id IS NULL;
CREATE UNIQUE INDEX gift_received ON gift (received_id) WHERE received_id IS NOT NULL;
CREATE INDEX gift_from ON gift (giver_id, id);
CREATE INDEX gift_to ON gift (receiver_id, id);
CREATE UNIQUE INDEX income_of_period ON income (player_id, period);
CREATE INDEX income_of_business ON income (player_item_id, period);
CREATE INDEX upkeep_state ON upkeep (player_id, state, day);
CREATE UNIQUE INDEX upkeep_of_day ON upkeep (player_id, day);
CREATE UNIQUE INDEX shift_of_day ON shift (player_id, day, number);
CREATE INDEX shift_of_player ON shift (player_id, id);
CREATE UNIQUE INDEX trade_thing_once ON trade_thing (trade_id, player_item_id);
CREATE INDEX trade_thing_of_thing ON trade_thing (player_item_id, id);
CREATE INDEX withdrawal_pending ON withdrawal (player_id, id) WHERE state = 'pending';
CREATE UNIQUE INDEX withdrawal_thing ON withdrawal (player_item_id);
CREATE INDEX withdrawal_of_player ON withdrawal (player_id, id);
CREATE UNIQUE INDEX counted_piece_once ON counted_piece (player_item_id);
CREATE INDEX counted_piece_of_completion ON counted_piece (completion_id, id);
CREATE UNIQUE INDEX stall_sale_item ON stall_sale (player_item_id);
CREATE INDEX stall_sale_of_stall ON stall_sale (stall_id, id);
CREATE INDEX robbery_of ON robbery (victim_id, id);
CREATE INDEX robbery_by ON robbery (robber_id, victim_id, id);
CREATE INDEX robbery_foiled ON robbery (victim_id) WHERE success = 0;
CREATE UNIQUE INDEX robbery_roll ON robbery (roll_id) WHERE roll_id IS NOT NULL;
CREATE INDEX robbery_succeeded ON robbery (robber_id, victim_id, at) WHERE success = 1;
CREATE UNIQUE INDEX robbery_of_period ON robbery (victim_id, period) WHERE period IS NOT NULL;
CREATE UNIQUE INDEX fusion_roll ON fusion (roll_id);
CREATE INDEX fusion_of_player ON fusion (player_id, id);
CREATE INDEX fusion_input_of_fusion ON fusion_input (fusion_id, id);
CREATE UNIQUE INDEX fusion_input_thing ON fusion_input (player_item_id);
CREATE TRIGGER achievement_guard BEFORE INSERT ON achievement
BEGIN
  SELECT RAISE(ABORT, 'achievement: it is there already') WHERE (NOT EXISTS (SELECT 1 FROM achievement WHERE id IS NEW.id)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'achievement: it is there already') WHERE (NOT EXISTS (SELECT 1 FROM achievement WHERE slug IS NEW.slug)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'achievement: it is a quest or is none') WHERE (NEW.quest IN (0, 1)) IS NOT TRUE;
END;
CREATE TRIGGER achievement_no_update BEFORE UPDATE ON achievement
BEGIN
  SELECT RAISE(ABORT, 'achievement: number and slug never change') WHERE (NOT (NEW.id IS NOT OLD.id OR NEW.slug IS NOT OLD.slug)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'achievement: it is a quest or is none') WHERE (NEW.quest IN (0, 1)) IS NOT TRUE;
END;
CREATE TRIGGER achievement_no_delete BEFORE DELETE ON achievement
BEGIN
  SELECT RAISE(ABORT, 'achievement: nothing is ever deleted');
END;
CREATE TRIGGER achieved_guard BEFORE INSERT ON achieved
BEGIN
  SELECT RAISE(ABORT, 'achieved: a line is never replaced') WHERE (NOT EXISTS (SELECT 1 FROM achieved WHERE id IS NEW.id)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'achieved: it belongs to no operation under way') WHERE (NEW.operation_id IS NOT NULL AND NEW.operation_id IS (SELECT id FROM operation ORDER BY id DESC LIMIT 1)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'achieved: it is there already') WHERE (NOT EXISTS (SELECT 1 FROM achieved WHERE player_id IS NEW.player_id AND achievement_id IS NEW.achievement_id)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'achieved: the line is not sound') WHERE (EXISTS (SELECT 1 FROM player WHERE id = NEW.player_id) AND EXISTS (SELECT 1 FROM achievement WHERE id = NEW.achievement_id)) IS NOT TRUE;
END;
CREATE TRIGGER achieved_apply AFTER INSERT ON achieved
BEGIN
  SELECT RAISE(ABORT, 'achieved: lines are numbered from 1 without gaps') WHERE (NEW.id IS 1 OR EXISTS (SELECT 1 FROM achieved WHERE id IS NEW.id - 1)) IS NOT TRUE;
END;
CREATE TRIGGER achieved_no_update BEFORE UPDATE ON achieved
BEGIN
  SELECT RAISE(ABORT, 'achieved: a journal is only added to');
END;
CREATE TRIGGER achieved_no_delete BEFORE DELETE ON achieved
BEGIN
  SELECT RAISE(ABORT, 'achieved: a journal is only added to');
END;
CREATE TRIGGER invitation_guard BEFORE INSERT ON invitation
BEGIN
  SELECT RAISE(ABORT, 'invitation: a line is never replaced') WHERE (NOT EXISTS (SELECT 1 FROM invitation WHERE id IS NEW.id)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'invitation: a line is never replaced') WHERE (NOT EXISTS (SELECT 1 FROM invitation WHERE hash IS NEW.hash)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'invitation: it is new, for players and a time') WHERE (NEW.uses >= 1 AND NEW.made_at < NEW.until AND NEW.revoked_at IS NULL AND NEW.hash IS NOT '') IS NOT TRUE;
END;
CREATE TRIGGER invitation_apply AFTER INSERT ON invitation
BEGIN
  SELECT RAISE(ABORT, 'invitation: lines are numbered from 1 without gaps') WHERE (NEW.id IS 1 OR EXISTS (SELECT 1 FROM invitation WHERE id IS NEW.id - 1)) IS NOT TRUE;
END;
CREATE TRIGGER invitation_no_update BEFORE UPDATE ON invitation
BEGIN
  SELECT RAISE(ABORT, 'invitation: it is taken back once, and else stays') WHERE (NOT (NEW.id IS NOT OLD.id OR NEW.hash IS NOT OLD.hash OR NEW.uses IS NOT OLD.uses OR NEW.made_at IS NOT OLD.made_at OR NEW.until IS NOT OLD.until) AND OLD.revoked_at IS NULL AND NEW.revoked_at IS NOT NULL) IS NOT TRUE;
END;
CREATE TRIGGER invitation_no_delete BEFORE DELETE ON invitation
BEGIN
  SELECT RAISE(ABORT, 'invitation: nothing is ever deleted');
END;
CREATE TRIGGER invitation_use_guard BEFORE INSERT ON invitation_use
BEGIN
  SELECT RAISE(ABORT, 'invitation_use: a line is never replaced') WHERE (NOT EXISTS (SELECT 1 FROM invitation_use WHERE id IS NEW.id)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'invitation_use: it belongs to no operation under way') WHERE (NEW.operation_id IS NOT NULL AND NEW.operation_id IS (SELECT id FROM operation ORDER BY id DESC LIMIT 1)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'invitation_use: it is there already') WHERE (NOT EXISTS (SELECT 1 FROM invitation_use WHERE player_id IS NEW.player_id)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'invitation_use: the line is not sound') WHERE (NEW.number IS (SELECT count(*) FROM invitation_use u WHERE u.invitation_id = NEW.invitation_id) + 1 AND EXISTS (SELECT 1 FROM invitation i JOIN operation o ON o.id = (SELECT id FROM operation ORDER BY id DESC LIMIT 1) WHERE i.id = NEW.invitation_id AND o.kind = 'player' AND i.revoked_at IS NULL AND o.at < i.until AND NEW.number <= i.uses) AND NEW.player_id IS (SELECT id FROM player ORDER BY id DESC LIMIT 1)) IS NOT TRUE;
END;
CREATE TRIGGER invitation_use_apply AFTER INSERT ON invitation_use
BEGIN
  SELECT RAISE(ABORT, 'invitation_use: lines are numbered from 1 without gaps') WHERE (NEW.id IS 1 OR EXISTS (SELECT 1 FROM invitation_use WHERE id IS NEW.id - 1)) IS NOT TRUE;
END;
CREATE TRIGGER invitation_use_no_update BEFORE UPDATE ON invitation_use
BEGIN
  SELECT RAISE(ABORT, 'invitation_use: a journal is only added to');
END;
CREATE TRIGGER invitation_use_no_delete BEFORE DELETE ON invitation_use
BEGIN
  SELECT RAISE(ABORT, 'invitation_use: a journal is only added to');
END;
CREATE TRIGGER player_key_guard BEFORE INSERT ON player_key
BEGIN
  SELECT RAISE(ABORT, 'player_key: a line is never replaced') WHERE (NOT EXISTS (SELECT 1 FROM player_key WHERE id IS NEW.id)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'player_key: a key of a player who does not have it') WHERE (EXISTS (SELECT 1 FROM player WHERE id = NEW.player_id) AND NEW.removed_at IS NULL AND NEW.fingerprint IS NOT '' AND NEW.key IS NOT '' AND NOT EXISTS (SELECT 1 FROM player_key k WHERE k.player_id IS NEW.player_id AND k.fingerprint IS NEW.fingerprint AND k.removed_at IS NULL)) IS NOT TRUE;
END;
CREATE TRIGGER player_key_apply AFTER INSERT ON player_key
BEGIN
  SELECT RAISE(ABORT, 'player_key: lines are numbered from 1 without gaps') WHERE (NEW.id IS 1 OR EXISTS (SELECT 1 FROM player_key WHERE id IS NEW.id - 1)) IS NOT TRUE;
END;
CREATE TRIGGER player_key_no_update BEFORE UPDATE ON player_key
BEGIN
  SELECT RAISE(ABORT, 'player_key: it is removed once, and else stays') WHERE (NOT (NEW.id IS NOT OLD.id OR NEW.player_id IS NOT OLD.player_id OR NEW.fingerprint IS NOT OLD.fingerprint OR NEW.key IS NOT OLD.key OR NEW.note IS NOT OLD.note OR NEW.added_at IS NOT OLD.added_at) AND OLD.removed_at IS NULL AND NEW.removed_at IS NOT NULL) IS NOT TRUE;
END;
CREATE TRIGGER player_key_no_delete BEFORE DELETE ON player_key
BEGIN
  SELECT RAISE(ABORT, 'player_key: nothing is ever deleted');
END;
CREATE TRIGGER player_lock_guard BEFORE INSERT ON player_lock
BEGIN
  SELECT RAISE(ABORT, 'player_lock: a line is never replaced') WHERE (NOT EXISTS (SELECT 1 FROM player_lock WHERE player_id IS NEW.player_id)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'player_lock: of a player') WHERE (EXISTS (SELECT 1 FROM player WHERE id = NEW.player_id) AND NEW.locked IN (0, 1)) IS NOT TRUE;
END;
CREATE TRIGGER player_lock_no_update BEFORE UPDATE ON player_lock
BEGIN
  SELECT RAISE(ABORT, 'player_lock: it stays its player''s') WHERE (NOT (NEW.player_id IS NOT OLD.player_id) AND NEW.locked IN (0, 1)) IS NOT TRUE;
END;
CREATE TRIGGER player_lock_no_delete BEFORE DELETE ON player_lock
BEGIN
  SELECT RAISE(ABORT, 'player_lock: nothing is ever deleted');
END;
CREATE TRIGGER listing_guard BEFORE INSERT ON listing
BEGIN
  SELECT RAISE(ABORT, 'listing: a line is never replaced') WHERE (NOT EXISTS (SELECT 1 FROM listing WHERE id IS NEW.id)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'listing: it belongs to no operation under way') WHERE (NEW.operation_id IS NOT NULL AND NEW.operation_id IS (SELECT id FROM operation ORDER BY id DESC LIMIT 1)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'listing: it is there already') WHERE (NOT EXISTS (SELECT 1 FROM listing WHERE id IS NEW.id)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'listing: the line is not sound') WHERE (NEW.state IS 'open' AND NEW.ended_by IS NULL AND NEW.buyer_id IS NULL AND NEW.bought_id IS NULL AND NEW.price > 0 AND NEW.fee BETWEEN 0 AND NEW.price AND NEW.until > NEW.at AND EXISTS (SELECT 1 FROM player_item WHERE id = NEW.player_item_id AND item_id = NEW.item_id) AND EXISTS (SELECT 1 FROM player_item p JOIN move m ON m.player_item_id = p.id AND m.version = p.version WHERE p.id = NEW.player_item_id AND p.player_id = NEW.seller_id AND p.status = 'listed' AND m.event = 'list' AND m.operation_id = NEW.operation_id) AND NOT EXISTS (SELECT 1 FROM listing WHERE player_item_id = NEW.player_item_id AND state = 'open')) IS NOT TRUE;
END;
CREATE TRIGGER listing_apply AFTER INSERT ON listing
BEGIN
  SELECT RAISE(ABORT, 'listing: lines are numbered from 1 without gaps') WHERE (NEW.id IS 1 OR EXISTS (SELECT 1 FROM listing WHERE id IS NEW.id - 1)) IS NOT TRUE;
END;
CREATE TRIGGER listing_no_update BEFORE UPDATE ON listing
BEGIN
  SELECT RAISE(ABORT, 'listing: it ends once, by a sale or by coming home') WHERE (NOT (NEW.id IS NOT OLD.id OR NEW.operation_id IS NOT OLD.operation_id OR NEW.seller_id IS NOT OLD.seller_id OR NEW.player_item_id IS NOT OLD.player_item_id OR NEW.item_id IS NOT OLD.item_id OR NEW.price IS NOT OLD.price OR NEW.fee IS NOT OLD.fee) AND OLD.state IS 'open' AND ((NOT (NEW.at IS NOT OLD.at OR NEW.until IS NOT OLD.until) AND NEW.ended_by IS (SELECT id FROM operation ORDER BY id DESC LIMIT 1) AND ((NEW.state IS 'sold' AND NEW.buyer_id IS NOT NULL AND NEW.buyer_id IS NOT OLD.seller_id AND EXISTS (SELECT 1 FROM player_item p JOIN move m ON m.player_item_id = p.id AND m.version = p.version WHERE p.id = OLD.player_item_id AND p.player_id = OLD.seller_id AND p.status = 'sold' AND m.event = 'sell' AND m.operation_id = (SELECT id FROM operation ORDER BY id DESC LIMIT 1)) AND EXISTS (SELECT 1 FROM player_item n WHERE n.id = NEW.bought_id AND n.origin_id = OLD.player_item_id AND n.player_id = NEW.buyer_id) AND (OLD.price IS 0 OR OLD.price + (SELECT coalesce(sum(o.price), 0) FROM listing o WHERE o.state = 'sold' AND o.seller_id = OLD.seller_id AND o.ended_by = (SELECT id FROM operation ORDER BY id DESC LIMIT 1) AND o.buyer_id = NEW.buyer_id) = (SELECT coalesce(sum(t.amount), 0) FROM transfer t JOIN account f ON f.id = t.from_account_id JOIN account r ON r.id = t.to_account_id WHERE t.operation_id = (SELECT id FROM operation ORDER BY id DESC LIMIT 1) AND t.currency = 'oranges' AND f.player_id = NEW.buyer_id AND r.player_id = OLD.seller_id)) AND (OLD.fee IS 0 OR OLD.fee + (SELECT coalesce(sum(o.fee), 0) FROM listing o WHERE o.state = 'sold' AND o.seller_id = OLD.seller_id AND o.ended_by = (SELECT id FROM operation ORDER BY id DESC LIMIT 1)) = (SELECT coalesce(sum(t.amount), 0) FROM transfer t JOIN account f ON f.id = t.from_account_id JOIN account r ON r.id = t.to_account_id WHERE t.operation_id = (SELECT id FROM operation ORDER BY id DESC LIMIT 1) AND t.currency = 'oranges' AND f.player_id = OLD.seller_id AND r.house = 'bazaar_fee'))) OR ((NEW.state = 'expired' OR NEW.state = 'taken_back') AND NEW.buyer_id IS NULL AND NEW.bought_id IS NULL AND EXISTS (SELECT 1 FROM player_item p JOIN move m ON m.player_item_id = p.id AND m.version = p.version WHERE p.id = OLD.player_item_id AND p.player_id = OLD.seller_id AND p.status = 'owned' AND m.event = 'delist' AND m.operation_id = (SELECT id FROM operation ORDER BY id DESC LIMIT 1))))) OR (NOT (NEW.state IS NOT OLD.state OR NEW.ended_by IS NOT OLD.ended_by OR NEW.buyer_id IS NOT OLD.buyer_id OR NEW.bought_id IS NOT OLD.bought_id) AND EXISTS (SELECT 1 FROM operation o WHERE o.id = (SELECT id FROM operation ORDER BY id DESC LIMIT 1) AND o.kind = 'clock' AND OLD.at > o.at AND NEW.at IS o.at AND NEW.until IS o.at + OLD.until - OLD.at)))) IS NOT TRUE;
END;
CREATE TRIGGER listing_no_delete BEFORE DELETE ON listing
BEGIN
  SELECT RAISE(ABORT, 'listing: nothing is ever deleted');
END;
CREATE TRIGGER listing_count_apply AFTER INSERT ON move WHEN NEW.to_status IS 'listed' OR NEW.from_status IS 'listed'
BEGIN
  INSERT INTO listing_count (item_id, listed, sold, last_move_id) SELECT (SELECT item_id FROM player_item WHERE id = NEW.player_item_id), 0, 0, 0 WHERE NOT EXISTS (SELECT 1 FROM listing_count WHERE item_id = (SELECT item_id FROM player_item WHERE id = NEW.player_item_id));
  UPDATE listing_count SET listed = listed + (NEW.to_status IS 'listed') - (NEW.from_status IS 'listed'), sold = sold + (NEW.from_status IS 'listed' AND NEW.to_status IS 'sold'), last_move_id = NEW.id WHERE item_id = (SELECT item_id FROM player_item WHERE id = NEW.player_item_id);
END;
CREATE TRIGGER listing_count_guard BEFORE INSERT ON listing_count
BEGIN
  SELECT RAISE(ABORT, 'listing_count: counting begins at nothing, once an item') WHERE (NEW.listed IS 0 AND NEW.sold IS 0 AND NEW.last_move_id IS 0 AND EXISTS (SELECT 1 FROM item WHERE id = NEW.item_id) AND NOT EXISTS (SELECT 1 FROM listing_count WHERE item_id = NEW.item_id)) IS NOT TRUE;
END;
CREATE TRIGGER listing_count_no_update BEFORE UPDATE ON listing_count
BEGIN
  SELECT RAISE(ABORT, 'listing_count: only a move changes a count') WHERE (NEW.item_id IS OLD.item_id AND NEW.last_move_id > OLD.last_move_id AND EXISTS (SELECT 1 FROM move m JOIN player_item p ON p.id = m.player_item_id WHERE m.id = NEW.last_move_id AND p.item_id IS NEW.item_id AND 'listed' IN (m.from_status, m.to_status) AND NEW.listed IS OLD.listed + (m.to_status IS 'listed') - (m.from_status IS 'listed') AND NEW.sold IS OLD.sold + (m.from_status IS 'listed' AND m.to_status IS 'sold'))) IS NOT TRUE;
END;
CREATE TRIGGER listing_count_no_delete BEFORE DELETE ON listing_count
BEGIN
  SELECT RAISE(ABORT, 'listing_count: nothing is ever deleted');
END;
CREATE TRIGGER listing_block_begin AFTER INSERT ON listing
BEGIN
  INSERT INTO listing_block (block, listed, last_listing_id, last_move_id) SELECT NEW.id / 4096, 0, 0, 0 WHERE NOT EXISTS (SELECT 1 FROM listing_block WHERE block = NEW.id / 4096);
  UPDATE listing_block SET listed = listed + 1, last_listing_id = NEW.id WHERE block = NEW.id / 4096;
END;
CREATE TRIGGER listing_block_end AFTER INSERT ON move WHEN NEW.from_status IS 'listed'
BEGIN
  UPDATE listing_block SET listed = listed - 1, last_move_id = NEW.id WHERE block = (SELECT l.id FROM listing l WHERE l.player_item_id = NEW.player_item_id AND l.state = 'open' AND l.operation_id < NEW.operation_id) / 4096;
END;
CREATE TRIGGER listing_block_guard BEFORE INSERT ON listing_block
BEGIN
  SELECT RAISE(ABORT, 'listing_block: a line is never replaced') WHERE (NOT EXISTS (SELECT 1 FROM listing_block WHERE block IS NEW.block)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'listing_block: counting begins at nothing') WHERE (NEW.listed IS 0 AND NEW.last_listing_id IS 0 AND NEW.last_move_id IS 0 AND EXISTS (SELECT 1 FROM listing WHERE id BETWEEN NEW.block * 4096 AND NEW.block * 4096 + 4095)) IS NOT TRUE;
END;
CREATE TRIGGER listing_block_no_update BEFORE UPDATE ON listing_block
BEGIN
  SELECT RAISE(ABORT, 'listing_block: only a listing that begins or ends changes a count') WHERE (NEW.block IS OLD.block AND ((NEW.listed IS OLD.listed + 1 AND NEW.last_listing_id / 4096 IS NEW.block AND NEW.last_listing_id > OLD.last_listing_id AND NEW.last_move_id IS OLD.last_move_id AND EXISTS (SELECT 1 FROM listing WHERE id = NEW.last_listing_id)) OR (NEW.listed IS OLD.listed - 1 AND NEW.last_listing_id IS OLD.last_listing_id AND NEW.last_move_id > OLD.last_move_id AND EXISTS (SELECT 1 FROM move m WHERE m.id = NEW.last_move_id AND m.from_status IS 'listed' AND (SELECT l.id FROM listing l WHERE l.player_item_id = m.player_item_id AND l.state = 'open' AND l.operation_id < m.operation_id) / 4096 IS NEW.block)))) IS NOT TRUE;
END;
CREATE TRIGGER listing_block_no_delete BEFORE DELETE ON listing_block
BEGIN
  SELECT RAISE(ABORT, 'listing_block: nothing is ever deleted');
END;
CREATE TRIGGER bazaar_turn_guard BEFORE INSERT ON bazaar_turn
BEGIN
  SELECT RAISE(ABORT, 'bazaar_turn: a line is never replaced') WHERE (NOT EXISTS (SELECT 1 FROM bazaar_turn WHERE id IS NEW.id)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'bazaar_turn: it belongs to no operation under way') WHERE (NEW.operation_id IS NOT NULL AND NEW.operation_id IS (SELECT id FROM operation ORDER BY id DESC LIMIT 1)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'bazaar_turn: it is there already') WHERE (NOT EXISTS (SELECT 1 FROM bazaar_turn WHERE number IS NEW.number)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'bazaar_turn: the line is not sound') WHERE (NEW.number >= 0) IS NOT TRUE;
END;
CREATE TRIGGER bazaar_turn_apply AFTER INSERT ON bazaar_turn
BEGIN
  SELECT RAISE(ABORT, 'bazaar_turn: lines are numbered from 1 without gaps') WHERE (NEW.id IS 1 OR EXISTS (SELECT 1 FROM bazaar_turn WHERE id IS NEW.id - 1)) IS NOT TRUE;
END;
CREATE TRIGGER bazaar_turn_no_update BEFORE UPDATE ON bazaar_turn
BEGIN
  SELECT RAISE(ABORT, 'bazaar_turn: a journal is only added to');
END;
CREATE TRIGGER bazaar_turn_no_delete BEFORE DELETE ON bazaar_turn
BEGIN
  SELECT RAISE(ABORT, 'bazaar_turn: a journal is only added to');
END;
CREATE TRIGGER player_guard BEFORE INSERT ON player
BEGIN
  SELECT RAISE(ABORT, 'player: a line is never replaced') WHERE (NOT EXISTS (SELECT 1 FROM player WHERE id IS NEW.id)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'player: a line is never replaced') WHERE (NOT EXISTS (SELECT 1 FROM player WHERE name_key IS NEW.name_key)) IS NOT TRUE;
END;
CREATE TRIGGER player_numbered AFTER INSERT ON player
BEGIN
  SELECT RAISE(ABORT, 'player: lines are numbered from 1 without gaps') WHERE (NEW.id IS 1 OR EXISTS (SELECT 1 FROM player WHERE id IS NEW.id - 1)) IS NOT TRUE;
END;
CREATE TRIGGER player_no_update BEFORE UPDATE ON player
BEGIN
  SELECT RAISE(ABORT, 'player: number and beginning never change') WHERE (NOT (NEW.id IS NOT OLD.id OR NEW.created_at IS NOT OLD.created_at)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'player: another has this name') WHERE (NOT EXISTS (SELECT 1 FROM player WHERE name_key IS NEW.name_key AND id IS NOT NEW.id)) IS NOT TRUE;
END;
CREATE TRIGGER player_no_delete BEFORE DELETE ON player
BEGIN
  SELECT RAISE(ABORT, 'player: nothing is ever deleted');
END;
CREATE TRIGGER category_guard BEFORE INSERT ON category
BEGIN
  SELECT RAISE(ABORT, 'category: a line is never replaced') WHERE (NOT EXISTS (SELECT 1 FROM category WHERE name IS NEW.name)) IS NOT TRUE;
END;
CREATE TRIGGER category_no_update BEFORE UPDATE ON category
BEGIN
  SELECT RAISE(ABORT, 'category: a journal is only added to');
END;
CREATE TRIGGER category_no_delete BEFORE DELETE ON category
BEGIN
  SELECT RAISE(ABORT, 'category: a journal is only added to');
END;
CREATE TRIGGER item_guard BEFORE INSERT ON item
BEGIN
  SELECT RAISE(ABORT, 'item: a line is never replaced') WHERE (NOT EXISTS (SELECT 1 FROM item WHERE id IS NEW.id)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'item: a line is never replaced') WHERE (NOT EXISTS (SELECT 1 FROM item WHERE slug IS NEW.slug)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'item: no such category') WHERE (EXISTS (SELECT 1 FROM category WHERE name IS NEW.category)) IS NOT TRUE;
END;
CREATE TRIGGER item_numbered AFTER INSERT ON item
BEGIN
  SELECT RAISE(ABORT, 'item: lines are numbered from 1 without gaps') WHERE (NEW.id IS 1 OR EXISTS (SELECT 1 FROM item WHERE id IS NEW.id - 1)) IS NOT TRUE;
END;
CREATE TRIGGER item_no_update BEFORE UPDATE ON item
BEGIN
  SELECT RAISE(ABORT, 'item: number, slug and category never change') WHERE (NOT (NEW.id IS NOT OLD.id OR NEW.slug IS NOT OLD.slug OR NEW.category IS NOT OLD.category)) IS NOT TRUE;
END;
CREATE TRIGGER item_no_delete BEFORE DELETE ON item
BEGIN
  SELECT RAISE(ABORT, 'item: nothing is ever deleted');
END;
CREATE TRIGGER case_box_guard BEFORE INSERT ON case_box
BEGIN
  SELECT RAISE(ABORT, 'case_box: a line is never replaced') WHERE (NOT EXISTS (SELECT 1 FROM case_box WHERE id IS NEW.id)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'case_box: it has a price and an odds table that is kept') WHERE (NEW.price > 0 AND EXISTS (SELECT 1 FROM odds_table WHERE id = NEW.odds_table_id)) IS NOT TRUE;
END;
CREATE TRIGGER case_box_numbered AFTER INSERT ON case_box
BEGIN
  SELECT RAISE(ABORT, 'case_box: lines are numbered from 1 without gaps') WHERE (NEW.id IS 1 OR EXISTS (SELECT 1 FROM case_box WHERE id IS NEW.id - 1)) IS NOT TRUE;
END;
CREATE TRIGGER case_box_no_update BEFORE UPDATE ON case_box
BEGIN
  SELECT RAISE(ABORT, 'case_box: number and slug never change') WHERE (NOT (NEW.id IS NOT OLD.id OR NEW.slug IS NOT OLD.slug)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'case_box: it has a price and an odds table that is kept') WHERE (NEW.price > 0 AND EXISTS (SELECT 1 FROM odds_table WHERE id = NEW.odds_table_id)) IS NOT TRUE;
END;
CREATE TRIGGER case_box_no_delete BEFORE DELETE ON case_box
BEGIN
  SELECT RAISE(ABORT, 'case_box: nothing is ever deleted');
END;
CREATE TRIGGER pack_layer_guard BEFORE INSERT ON pack_layer
BEGIN
  SELECT RAISE(ABORT, 'pack_layer: a line is never replaced') WHERE (NOT EXISTS (SELECT 1 FROM pack_layer WHERE id IS NEW.id)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'pack_layer: a line is never replaced') WHERE (NOT EXISTS (SELECT 1 FROM pack_layer WHERE pack IS NEW.pack)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'pack_layer: its files are kept') WHERE (NEW.files IS NOT '{}') IS NOT TRUE;
END;
CREATE TRIGGER pack_layer_numbered AFTER INSERT ON pack_layer
BEGIN
  SELECT RAISE(ABORT, 'pack_layer: lines are numbered from 1 without gaps') WHERE (NEW.id IS 1 OR EXISTS (SELECT 1 FROM pack_layer WHERE id IS NEW.id - 1)) IS NOT TRUE;
END;
CREATE TRIGGER pack_layer_no_update BEFORE UPDATE ON pack_layer
BEGIN
  SELECT RAISE(ABORT, 'pack_layer: number, pack and what its ids are called never change') WHERE (NOT (NEW.id IS NOT OLD.id OR NEW.pack IS NOT OLD.pack OR NEW.plain IS NOT OLD.plain)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'pack_layer: its files are kept') WHERE (NEW.files IS NOT '{}' OR (OLD.files IS '{}' AND NEW.digest IS OLD.digest)) IS NOT TRUE;
END;
CREATE TRIGGER pack_layer_no_delete BEFORE DELETE ON pack_layer
BEGIN
  SELECT RAISE(ABORT, 'pack_layer: nothing is ever deleted');
END;
CREATE TRIGGER economy_numbers_guard BEFORE INSERT ON economy_numbers
BEGIN
  SELECT RAISE(ABORT, 'economy_numbers: a line is never replaced') WHERE (NOT EXISTS (SELECT 1 FROM economy_numbers WHERE after_operation IS NEW.after_operation)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'economy_numbers: they hold from now on') WHERE (NEW.after_operation IS (SELECT coalesce(max(id), 0) FROM operation)) IS NOT TRUE;
END;
CREATE TRIGGER economy_numbers_no_update BEFORE UPDATE ON economy_numbers
BEGIN
  SELECT RAISE(ABORT, 'economy_numbers: something was done under them') WHERE (NEW.after_operation IS OLD.after_operation AND OLD.after_operation IS (SELECT coalesce(max(id), 0) FROM operation)) IS NOT TRUE;
END;
CREATE TRIGGER economy_numbers_no_delete BEFORE DELETE ON economy_numbers
BEGIN
  SELECT RAISE(ABORT, 'economy_numbers: nothing is ever deleted');
END;
CREATE TRIGGER world_setting_guard BEFORE INSERT ON world_setting
BEGIN
  SELECT RAISE(ABORT, 'world_setting: a line is never replaced') WHERE (NOT EXISTS (SELECT 1 FROM world_setting WHERE rowid IS NEW.rowid)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'world_setting: it is set once') WHERE (NOT ((NEW.name = 'seed' OR NEW.name = 'created_at' OR NEW.name = 'signing_key') AND EXISTS (SELECT 1 FROM world_setting WHERE name IS NEW.name))) IS NOT TRUE;
  SELECT RAISE(ABORT, 'world_setting: only a migration says what was before it') WHERE (NEW.name IS NOT 'completed_before') IS NOT TRUE;
END;
CREATE TRIGGER world_setting_numbered AFTER INSERT ON world_setting
BEGIN
  SELECT RAISE(ABORT, 'world_setting: a hidden number is above zero') WHERE (NEW.rowid > 0) IS NOT TRUE;
END;
CREATE TRIGGER world_setting_no_update BEFORE UPDATE ON world_setting
BEGIN
  SELECT RAISE(ABORT, 'world_setting: it is set once') WHERE (NOT (NEW.rowid IS NOT OLD.rowid OR NEW.name IS NOT OLD.name OR (((OLD.name = 'seed' OR OLD.name = 'created_at' OR OLD.name = 'signing_key') OR OLD.name IS 'completed_before') AND NEW.value IS NOT OLD.value))) IS NOT TRUE;
END;
CREATE TRIGGER world_setting_no_delete BEFORE DELETE ON world_setting
BEGIN
  SELECT RAISE(ABORT, 'world_setting: nothing is ever deleted');
END;
CREATE TRIGGER roll_count_0 AFTER INSERT ON roll WHEN NEW.purpose = 'case'
BEGIN
  INSERT INTO counter (player_id, what, entry, number, last_id) SELECT (SELECT player_id FROM seed_pair WHERE id = NEW.seed_pair_id), 'won', (NEW.odds_table_id * 1000000 + NEW.entry), 0, 0 WHERE NOT EXISTS (SELECT 1 FROM counter WHERE player_id = (SELECT player_id FROM seed_pair WHERE id = NEW.seed_pair_id) AND what = 'won' AND entry = (NEW.odds_table_id * 1000000 + NEW.entry));
  UPDATE counter SET number = number + 1, last_id = NEW.id WHERE player_id = (SELECT player_id FROM seed_pair WHERE id = NEW.seed_pair_id) AND what = 'won' AND entry = (NEW.odds_table_id * 1000000 + NEW.entry);
END;
CREATE TRIGGER roll_count_1 AFTER INSERT ON roll WHEN NEW.purpose = 'case'
BEGIN
  INSERT INTO counter (player_id, what, entry, number, last_id) SELECT (SELECT player_id FROM seed_pair WHERE id = NEW.seed_pair_id), 'batch', 0, 0, 0 WHERE NOT EXISTS (SELECT 1 FROM counter WHERE player_id = (SELECT player_id FROM seed_pair WHERE id = NEW.seed_pair_id) AND what = 'batch' AND entry = 0);
  UPDATE counter SET number = CASE WHEN (NEW.nonce + 1 - (SELECT r.nonce FROM roll r WHERE r.operation_id = NEW.operation_id ORDER BY r.id LIMIT 1)) > number THEN (NEW.nonce + 1 - (SELECT r.nonce FROM roll r WHERE r.operation_id = NEW.operation_id ORDER BY r.id LIMIT 1)) ELSE number END, last_id = NEW.id WHERE player_id = (SELECT player_id FROM seed_pair WHERE id = NEW.seed_pair_id) AND what = 'batch' AND entry = 0;
END;
CREATE TRIGGER move_count_2 AFTER INSERT ON move WHEN (NEW.to_status = 'equipped' OR NEW.from_status = 'equipped')
BEGIN
  INSERT INTO counter (player_id, what, entry, number, last_id) SELECT (SELECT player_id FROM player_item WHERE id = NEW.player_item_id), 'equipped', (SELECT item_id FROM player_item WHERE id = NEW.player_item_id), 0, 0 WHERE NOT EXISTS (SELECT 1 FROM counter WHERE player_id = (SELECT player_id FROM player_item WHERE id = NEW.player_item_id) AND what = 'equipped' AND entry = (SELECT item_id FROM player_item WHERE id = NEW.player_item_id));
  UPDATE counter SET number = number + CASE WHEN NEW.to_status = 'equipped' THEN 1 ELSE -1 END, last_id = NEW.id WHERE player_id = (SELECT player_id FROM player_item WHERE id = NEW.player_item_id) AND what = 'equipped' AND entry = (SELECT item_id FROM player_item WHERE id = NEW.player_item_id);
END;
CREATE TRIGGER move_count_3 AFTER INSERT ON move WHEN (NEW.to_status = 'listed' OR NEW.from_status = 'listed')
BEGIN
  INSERT INTO counter (player_id, what, entry, number, last_id) SELECT (SELECT player_id FROM player_item WHERE id = NEW.player_item_id), 'listed', (SELECT item_id FROM player_item WHERE id = NEW.player_item_id), 0, 0 WHERE NOT EXISTS (SELECT 1 FROM counter WHERE player_id = (SELECT player_id FROM player_item WHERE id = NEW.player_item_id) AND what = 'listed' AND entry = (SELECT item_id FROM player_item WHERE id = NEW.player_item_id));
  UPDATE counter SET number = number + CASE WHEN NEW.to_status = 'listed' THEN 1 ELSE -1 END, last_id = NEW.id WHERE player_id = (SELECT player_id FROM player_item WHERE id = NEW.player_item_id) AND what = 'listed' AND entry = (SELECT item_id FROM player_item WHERE id = NEW.player_item_id);
END;
CREATE TRIGGER move_count_4 AFTER INSERT ON move WHEN (NEW.to_status = 'offered' OR NEW.from_status = 'offered')
BEGIN
  INSERT INTO counter (player_id, what, entry, number, last_id) SELECT (SELECT player_id FROM player_item WHERE id = NEW.player_item_id), 'offered', (SELECT item_id FROM player_item WHERE id = NEW.player_item_id), 0, 0 WHERE NOT EXISTS (SELECT 1 FROM counter WHERE player_id = (SELECT player_id FROM player_item WHERE id = NEW.player_item_id) AND what = 'offered' AND entry = (SELECT item_id FROM player_item WHERE id = NEW.player_item_id));
  UPDATE counter SET number = number + CASE WHEN NEW.to_status = 'offered' THEN 1 ELSE -1 END, last_id = NEW.id WHERE player_id = (SELECT player_id FROM player_item WHERE id = NEW.player_item_id) AND what = 'offered' AND entry = (SELECT item_id FROM player_item WHERE id = NEW.player_item_id);
END;
CREATE TRIGGER move_count_5 AFTER INSERT ON move WHEN (NEW.to_status = 'sold' OR NEW.from_status = 'sold')
BEGIN
  INSERT INTO counter (player_id, what, entry, number, last_id) SELECT (SELECT player_id FROM player_item WHERE id = NEW.player_item_id), 'sold', (SELECT item_id FROM player_item WHERE id = NEW.player_item_id), 0, 0 WHERE NOT EXISTS (SELECT 1 FROM counter WHERE player_id = (SELECT player_id FROM player_item WHERE id = NEW.player_item_id) AND what = 'sold' AND entry = (SELECT item_id FROM player_item WHERE id = NEW.player_item_id));
  UPDATE counter SET number = number + CASE WHEN NEW.to_status = 'sold' THEN 1 ELSE -1 END, last_id = NEW.id WHERE player_id = (SELECT player_id FROM player_item WHERE id = NEW.player_item_id) AND what = 'sold' AND entry = (SELECT item_id FROM player_item WHERE id = NEW.player_item_id);
END;
CREATE TRIGGER move_count_6 AFTER INSERT ON move WHEN (NEW.to_status = 'withdrawn' OR NEW.from_status = 'withdrawn')
BEGIN
  INSERT INTO counter (player_id, what, entry, number, last_id) SELECT (SELECT player_id FROM player_item WHERE id = NEW.player_item_id), 'withdrawn', (SELECT item_id FROM player_item WHERE id = NEW.player_item_id), 0, 0 WHERE NOT EXISTS (SELECT 1 FROM counter WHERE player_id = (SELECT player_id FROM player_item WHERE id = NEW.player_item_id) AND what = 'withdrawn' AND entry = (SELECT item_id FROM player_item WHERE id = NEW.player_item_id));
  UPDATE counter SET number = number + CASE WHEN NEW.to_status = 'withdrawn' THEN 1 ELSE -1 END, last_id = NEW.id WHERE player_id = (SELECT player_id FROM player_item WHERE id = NEW.player_item_id) AND what = 'withdrawn' AND entry = (SELECT item_id FROM player_item WHERE id = NEW.player_item_id);
END;
CREATE TRIGGER move_count_7 AFTER INSERT ON move WHEN (NEW.to_status = 'gifted' OR NEW.from_status = 'gifted')
BEGIN
  INSERT INTO counter (player_id, what, entry, number, last_id) SELECT (SELECT player_id FROM player_item WHERE id = NEW.player_item_id), 'gifted', (SELECT item_id FROM player_item WHERE id = NEW.player_item_id), 0, 0 WHERE NOT EXISTS (SELECT 1 FROM counter WHERE player_id = (SELECT player_id FROM player_item WHERE id = NEW.player_item_id) AND what = 'gifted' AND entry = (SELECT item_id FROM player_item WHERE id = NEW.player_item_id));
  UPDATE counter SET number = number + CASE WHEN NEW.to_status = 'gifted' THEN 1 ELSE -1 END, last_id = NEW.id WHERE player_id = (SELECT player_id FROM player_item WHERE id = NEW.player_item_id) AND what = 'gifted' AND entry = (SELECT item_id FROM player_item WHERE id = NEW.player_item_id);
END;
CREATE TRIGGER move_count_8 AFTER INSERT ON move WHEN (NEW.to_status = 'consumed' OR NEW.from_status = 'consumed')
BEGIN
  INSERT INTO counter (player_id, what, entry, number, last_id) SELECT (SELECT player_id FROM player_item WHERE id = NEW.player_item_id), 'consumed', (SELECT item_id FROM player_item WHERE id = NEW.player_item_id), 0, 0 WHERE NOT EXISTS (SELECT 1 FROM counter WHERE player_id = (SELECT player_id FROM player_item WHERE id = NEW.player_item_id) AND what = 'consumed' AND entry = (SELECT item_id FROM player_item WHERE id = NEW.player_item_id));
  UPDATE counter SET number = number + CASE WHEN NEW.to_status = 'consumed' THEN 1 ELSE -1 END, last_id = NEW.id WHERE player_id = (SELECT player_id FROM player_item WHERE id = NEW.player_item_id) AND what = 'consumed' AND entry = (SELECT item_id FROM player_item WHERE id = NEW.player_item_id);
END;
CREATE TRIGGER move_count_9 AFTER INSERT ON move WHEN (NEW.to_status = 'traded' OR NEW.from_status = 'traded')
BEGIN
  INSERT INTO counter (player_id, what, entry, number, last_id) SELECT (SELECT player_id FROM player_item WHERE id = NEW.player_item_id), 'traded', (SELECT item_id FROM player_item WHERE id = NEW.player_item_id), 0, 0 WHERE NOT EXISTS (SELECT 1 FROM counter WHERE player_id = (SELECT player_id FROM player_item WHERE id = NEW.player_item_id) AND what = 'traded' AND entry = (SELECT item_id FROM player_item WHERE id = NEW.player_item_id));
  UPDATE counter SET number = number + CASE WHEN NEW.to_status = 'traded' THEN 1 ELSE -1 END, last_id = NEW.id WHERE player_id = (SELECT player_id FROM player_item WHERE id = NEW.player_item_id) AND what = 'traded' AND entry = (SELECT item_id FROM player_item WHERE id = NEW.player_item_id);
END;
CREATE TRIGGER move_count_10 AFTER INSERT ON move WHEN (NEW.to_status = 'fused' OR NEW.from_status = 'fused')
BEGIN
  INSERT INTO counter (player_id, what, entry, number, last_id) SELECT (SELECT player_id FROM player_item WHERE id = NEW.player_item_id), 'fused', (SELECT item_id FROM player_item WHERE id = NEW.player_item_id), 0, 0 WHERE NOT EXISTS (SELECT 1 FROM counter WHERE player_id = (SELECT player_id FROM player_item WHERE id = NEW.player_item_id) AND what = 'fused' AND entry = (SELECT item_id FROM player_item WHERE id = NEW.player_item_id));
  UPDATE counter SET number = number + CASE WHEN NEW.to_status = 'fused' THEN 1 ELSE -1 END, last_id = NEW.id WHERE player_id = (SELECT player_id FROM player_item WHERE id = NEW.player_item_id) AND what = 'fused' AND entry = (SELECT item_id FROM player_item WHERE id = NEW.player_item_id);
END;
CREATE TRIGGER move_count_11 AFTER INSERT ON move WHEN (NEW.to_status = 'stolen' OR NEW.from_status = 'stolen')
BEGIN
  INSERT INTO counter (player_id, what, entry, number, last_id) SELECT (SELECT player_id FROM player_item WHERE id = NEW.player_item_id), 'stolen', (SELECT item_id FROM player_item WHERE id = NEW.player_item_id), 0, 0 WHERE NOT EXISTS (SELECT 1 FROM counter WHERE player_id = (SELECT player_id FROM player_item WHERE id = NEW.player_item_id) AND what = 'stolen' AND entry = (SELECT item_id FROM player_item WHERE id = NEW.player_item_id));
  UPDATE counter SET number = number + CASE WHEN NEW.to_status = 'stolen' THEN 1 ELSE -1 END, last_id = NEW.id WHERE player_id = (SELECT player_id FROM player_item WHERE id = NEW.player_item_id) AND what = 'stolen' AND entry = (SELECT item_id FROM player_item WHERE id = NEW.player_item_id);
END;
CREATE TRIGGER move_count_12 AFTER INSERT ON move WHEN (NEW.to_status = 'destroyed' OR NEW.from_status = 'destroyed')
BEGIN
  INSERT INTO counter (player_id, what, entry, number, last_id) SELECT (SELECT player_id FROM player_item WHERE id = NEW.player_item_id), 'destroyed', (SELECT item_id FROM player_item WHERE id = NEW.player_item_id), 0, 0 WHERE NOT EXISTS (SELECT 1 FROM counter WHERE player_id = (SELECT player_id FROM player_item WHERE id = NEW.player_item_id) AND what = 'destroyed' AND entry = (SELECT item_id FROM player_item WHERE id = NEW.player_item_id));
  UPDATE counter SET number = number + CASE WHEN NEW.to_status = 'destroyed' THEN 1 ELSE -1 END, last_id = NEW.id WHERE player_id = (SELECT player_id FROM player_item WHERE id = NEW.player_item_id) AND what = 'destroyed' AND entry = (SELECT item_id FROM player_item WHERE id = NEW.player_item_id);
END;
CREATE TRIGGER move_count_13 AFTER INSERT ON move WHEN (NEW.to_status = 'expired' OR NEW.from_status = 'expired')
BEGIN
  INSERT INTO counter (player_id, what, entry, number, last_id) SELECT (SELECT player_id FROM player_item WHERE id = NEW.player_item_id), 'expired', (SELECT item_id FROM player_item WHERE id = NEW.player_item_id), 0, 0 WHERE NOT EXISTS (SELECT 1 FROM counter WHERE player_id = (SELECT player_id FROM player_item WHERE id = NEW.player_item_id) AND what = 'expired' AND entry = (SELECT item_id FROM player_item WHERE id = NEW.player_item_id));
  UPDATE counter SET number = number + CASE WHEN NEW.to_status = 'expired' THEN 1 ELSE -1 END, last_id = NEW.id WHERE player_id = (SELECT player_id FROM player_item WHERE id = NEW.player_item_id) AND what = 'expired' AND entry = (SELECT item_id FROM player_item WHERE id = NEW.player_item_id);
END;
CREATE TRIGGER move_count_14 AFTER INSERT ON move WHEN (NEW.to_status = 'returned' OR NEW.from_status = 'returned')
BEGIN
  INSERT INTO counter (player_id, what, entry, number, last_id) SELECT (SELECT player_id FROM player_item WHERE id = NEW.player_item_id), 'returned', (SELECT item_id FROM player_item WHERE id = NEW.player_item_id), 0, 0 WHERE NOT EXISTS (SELECT 1 FROM counter WHERE player_id = (SELECT player_id FROM player_item WHERE id = NEW.player_item_id) AND what = 'returned' AND entry = (SELECT item_id FROM player_item WHERE id = NEW.player_item_id));
  UPDATE counter SET number = number + CASE WHEN NEW.to_status = 'returned' THEN 1 ELSE -1 END, last_id = NEW.id WHERE player_id = (SELECT player_id FROM player_item WHERE id = NEW.player_item_id) AND what = 'returned' AND entry = (SELECT item_id FROM player_item WHERE id = NEW.player_item_id);
END;
CREATE TRIGGER move_count_15 AFTER INSERT ON move WHEN ((NEW.event = 'sell' AND NEW.from_status = 'owned') OR (NEW.event = 'undo' AND NEW.from_status = 'sold'))
BEGIN
  INSERT INTO counter (player_id, what, entry, number, last_id) SELECT (SELECT player_id FROM player_item WHERE id = NEW.player_item_id), 'items_sold', 0, 0, 0 WHERE NOT EXISTS (SELECT 1 FROM counter WHERE player_id = (SELECT player_id FROM player_item WHERE id = NEW.player_item_id) AND what = 'items_sold' AND entry = 0);
  UPDATE counter SET number = number + CASE WHEN NEW.event = 'sell' THEN 1 ELSE -1 END, last_id = NEW.id WHERE player_id = (SELECT player_id FROM player_item WHERE id = NEW.player_item_id) AND what = 'items_sold' AND entry = 0;
END;
CREATE TRIGGER move_count_16 AFTER INSERT ON move WHEN NEW.event = 'break'
BEGIN
  INSERT INTO counter (player_id, what, entry, number, last_id) SELECT (SELECT player_id FROM player_item WHERE id = NEW.player_item_id), 'gear_broken', 0, 0, 0 WHERE NOT EXISTS (SELECT 1 FROM counter WHERE player_id = (SELECT player_id FROM player_item WHERE id = NEW.player_item_id) AND what = 'gear_broken' AND entry = 0);
  UPDATE counter SET number = number + 1, last_id = NEW.id WHERE player_id = (SELECT player_id FROM player_item WHERE id = NEW.player_item_id) AND what = 'gear_broken' AND entry = 0;
END;
CREATE TRIGGER shift_count_17 AFTER INSERT ON shift WHEN TRUE
BEGIN
  INSERT INTO counter (player_id, what, entry, number, last_id) SELECT NEW.player_id, 'shifts', 0, 0, 0 WHERE NOT EXISTS (SELECT 1 FROM counter WHERE player_id = NEW.player_id AND what = 'shifts' AND entry = 0);
  UPDATE counter SET number = number + 1, last_id = NEW.id WHERE player_id = NEW.player_id AND what = 'shifts' AND entry = 0;
END;
CREATE TRIGGER income_count_18 AFTER INSERT ON income WHEN TRUE
BEGIN
  INSERT INTO counter (player_id, what, entry, number, last_id) SELECT NEW.player_id, 'revenue', NEW.player_item_id, 0, 0 WHERE NOT EXISTS (SELECT 1 FROM counter WHERE player_id = NEW.player_id AND what = 'revenue' AND entry = NEW.player_item_id);
  UPDATE counter SET number = number + NEW.revenue, last_id = NEW.id WHERE player_id = NEW.player_id AND what = 'revenue' AND entry = NEW.player_item_id;
END;
CREATE TRIGGER income_count_19 AFTER INSERT ON income WHEN TRUE
BEGIN
  INSERT INTO counter (player_id, what, entry, number, last_id) SELECT NEW.player_id, 'costs', NEW.player_item_id, 0, 0 WHERE NOT EXISTS (SELECT 1 FROM counter WHERE player_id = NEW.player_id AND what = 'costs' AND entry = NEW.player_item_id);
  UPDATE counter SET number = number + NEW.cost, last_id = NEW.id WHERE player_id = NEW.player_id AND what = 'costs' AND entry = NEW.player_item_id;
END;
CREATE TRIGGER visit_count_20 AFTER INSERT ON visit WHEN TRUE
BEGIN
  INSERT INTO counter (player_id, what, entry, number, last_id) SELECT NEW.host_id, 'visits', 0, 0, 0 WHERE NOT EXISTS (SELECT 1 FROM counter WHERE player_id = NEW.host_id AND what = 'visits' AND entry = 0);
  UPDATE counter SET number = number + 1, last_id = NEW.id WHERE player_id = NEW.host_id AND what = 'visits' AND entry = 0;
END;
CREATE TRIGGER move_count_21 AFTER INSERT ON move WHEN NEW.event = 'sell' AND NEW.from_status = 'listed' AND (SELECT id FROM listing l WHERE l.player_item_id = NEW.player_item_id AND l.state = 'open') IS NOT NULL
BEGIN
  INSERT INTO counter (player_id, what, entry, number, last_id) SELECT (SELECT player_id FROM player_item WHERE id = NEW.player_item_id), 'bazaar_sales', 0, 0, 0 WHERE NOT EXISTS (SELECT 1 FROM counter WHERE player_id = (SELECT player_id FROM player_item WHERE id = NEW.player_item_id) AND what = 'bazaar_sales' AND entry = 0);
  UPDATE counter SET number = number + 1, last_id = NEW.id WHERE player_id = (SELECT player_id FROM player_item WHERE id = NEW.player_item_id) AND what = 'bazaar_sales' AND entry = 0;
END;
CREATE TRIGGER move_count_22 AFTER INSERT ON move WHEN NEW.event = 'sell' AND NEW.from_status = 'listed' AND (SELECT id FROM listing l WHERE l.player_item_id = NEW.player_item_id AND l.state = 'open') IS NOT NULL
BEGIN
  INSERT INTO counter (player_id, what, entry, number, last_id) SELECT (SELECT player_id FROM player_item WHERE id = NEW.player_item_id), 'bazaar_earned', 0, 0, 0 WHERE NOT EXISTS (SELECT 1 FROM counter WHERE player_id = (SELECT player_id FROM player_item WHERE id = NEW.player_item_id) AND what = 'bazaar_earned' AND entry = 0);
  UPDATE counter SET number = number + (SELECT price - fee FROM listing l WHERE l.player_item_id = NEW.player_item_id AND l.state = 'open'), last_id = NEW.id WHERE player_id = (SELECT player_id FROM player_item WHERE id = NEW.player_item_id) AND what = 'bazaar_earned' AND entry = 0;
END;
CREATE TRIGGER move_count_23 AFTER INSERT ON move WHEN NEW.event = 'sell' AND NEW.from_status = 'listed' AND (SELECT id FROM listing l WHERE l.player_item_id = NEW.player_item_id AND l.state = 'open') IS NOT NULL
BEGIN
  INSERT INTO counter (player_id, what, entry, number, last_id) SELECT (SELECT player_id FROM player_item WHERE id = NEW.player_item_id), 'bazaar_fees', 0, 0, 0 WHERE NOT EXISTS (SELECT 1 FROM counter WHERE player_id = (SELECT player_id FROM player_item WHERE id = NEW.player_item_id) AND what = 'bazaar_fees' AND entry = 0);
  UPDATE counter SET number = number + (SELECT fee FROM listing l WHERE l.player_item_id = NEW.player_item_id AND l.state = 'open'), last_id = NEW.id WHERE player_id = (SELECT player_id FROM player_item WHERE id = NEW.player_item_id) AND what = 'bazaar_fees' AND entry = 0;
END;
CREATE TRIGGER friendship_count_24 AFTER INSERT ON friendship WHEN (NEW.event = 'accept' OR (NEW.event = 'remove' AND EXISTS (SELECT 1 FROM friendship f WHERE f.low_id = NEW.low_id AND f.high_id = NEW.high_id AND f.number = NEW.number - 1 AND f.event = 'accept')))
BEGIN
  INSERT INTO counter (player_id, what, entry, number, last_id) SELECT NEW.low_id, 'friends', 0, 0, 0 WHERE NOT EXISTS (SELECT 1 FROM counter WHERE player_id = NEW.low_id AND what = 'friends' AND entry = 0);
  UPDATE counter SET number = number + CASE WHEN NEW.event = 'accept' THEN 1 ELSE -1 END, last_id = NEW.id WHERE player_id = NEW.low_id AND what = 'friends' AND entry = 0;
END;
CREATE TRIGGER friendship_count_25 AFTER INSERT ON friendship WHEN (NEW.event = 'accept' OR (NEW.event = 'remove' AND EXISTS (SELECT 1 FROM friendship f WHERE f.low_id = NEW.low_id AND f.high_id = NEW.high_id AND f.number = NEW.number - 1 AND f.event = 'accept')))
BEGIN
  INSERT INTO counter (player_id, what, entry, number, last_id) SELECT NEW.high_id, 'friends', 0, 0, 0 WHERE NOT EXISTS (SELECT 1 FROM counter WHERE player_id = NEW.high_id AND what = 'friends' AND entry = 0);
  UPDATE counter SET number = number + CASE WHEN NEW.event = 'accept' THEN 1 ELSE -1 END, last_id = NEW.id WHERE player_id = NEW.high_id AND what = 'friends' AND entry = 0;
END;
CREATE TRIGGER move_count_26 AFTER INSERT ON move WHEN (NEW.event = 'gift' OR (NEW.event = 'undo' AND NEW.from_status = 'gifted'))
BEGIN
  INSERT INTO counter (player_id, what, entry, number, last_id) SELECT (SELECT player_id FROM player_item WHERE id = NEW.player_item_id), 'items_given', 0, 0, 0 WHERE NOT EXISTS (SELECT 1 FROM counter WHERE player_id = (SELECT player_id FROM player_item WHERE id = NEW.player_item_id) AND what = 'items_given' AND entry = 0);
  UPDATE counter SET number = number + CASE WHEN NEW.event = 'gift' THEN 1 ELSE -1 END, last_id = NEW.id WHERE player_id = (SELECT player_id FROM player_item WHERE id = NEW.player_item_id) AND what = 'items_given' AND entry = 0;
END;
CREATE TRIGGER move_count_27 AFTER INSERT ON move WHEN (NEW.event = 'return' OR (NEW.version = 1 AND EXISTS (SELECT 1 FROM player_item p WHERE p.id = NEW.player_item_id AND p.acquisition = 'gift')))
BEGIN
  INSERT INTO counter (player_id, what, entry, number, last_id) SELECT (SELECT player_id FROM player_item WHERE id = NEW.player_item_id), 'items_received', 0, 0, 0 WHERE NOT EXISTS (SELECT 1 FROM counter WHERE player_id = (SELECT player_id FROM player_item WHERE id = NEW.player_item_id) AND what = 'items_received' AND entry = 0);
  UPDATE counter SET number = number + CASE WHEN NEW.event = 'return' THEN -1 ELSE 1 END, last_id = NEW.id WHERE player_id = (SELECT player_id FROM player_item WHERE id = NEW.player_item_id) AND what = 'items_received' AND entry = 0;
END;
CREATE TRIGGER gift_count_28 AFTER INSERT ON gift WHEN NEW.oranges > 0
BEGIN
  INSERT INTO counter (player_id, what, entry, number, last_id) SELECT NEW.giver_id, 'oranges_given', 0, 0, 0 WHERE NOT EXISTS (SELECT 1 FROM counter WHERE player_id = NEW.giver_id AND what = 'oranges_given' AND entry = 0);
  UPDATE counter SET number = number + NEW.oranges, last_id = NEW.id WHERE player_id = NEW.giver_id AND what = 'oranges_given' AND entry = 0;
END;
CREATE TRIGGER gift_count_29 AFTER INSERT ON gift WHEN NEW.gems > 0
BEGIN
  INSERT INTO counter (player_id, what, entry, number, last_id) SELECT NEW.giver_id, 'gems_given', 0, 0, 0 WHERE NOT EXISTS (SELECT 1 FROM counter WHERE player_id = NEW.giver_id AND what = 'gems_given' AND entry = 0);
  UPDATE counter SET number = number + NEW.gems, last_id = NEW.id WHERE player_id = NEW.giver_id AND what = 'gems_given' AND entry = 0;
END;
CREATE TRIGGER gift_count_30 AFTER INSERT ON gift WHEN NEW.oranges > 0
BEGIN
  INSERT INTO counter (player_id, what, entry, number, last_id) SELECT NEW.receiver_id, 'oranges_received', 0, 0, 0 WHERE NOT EXISTS (SELECT 1 FROM counter WHERE player_id = NEW.receiver_id AND what = 'oranges_received' AND entry = 0);
  UPDATE counter SET number = number + NEW.oranges, last_id = NEW.id WHERE player_id = NEW.receiver_id AND what = 'oranges_received' AND entry = 0;
END;
CREATE TRIGGER gift_count_31 AFTER INSERT ON gift WHEN NEW.gems > 0
BEGIN
  INSERT INTO counter (player_id, what, entry, number, last_id) SELECT NEW.receiver_id, 'gems_received', 0, 0, 0 WHERE NOT EXISTS (SELECT 1 FROM counter WHERE player_id = NEW.receiver_id AND what = 'gems_received' AND entry = 0);
  UPDATE counter SET number = number + NEW.gems, last_id = NEW.id WHERE player_id = NEW.receiver_id AND what = 'gems_received' AND entry = 0;
END;
CREATE TRIGGER counter_guard BEFORE INSERT ON counter
BEGIN
  SELECT RAISE(ABORT, 'counter: a line is never replaced') WHERE (NOT EXISTS (SELECT 1 FROM counter WHERE rowid IS NEW.rowid)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'counter: counting begins at nothing, once a player') WHERE (NEW.number IS 0 AND NEW.last_id IS 0 AND (NEW.what = 'batch' OR NEW.what = 'bazaar_earned' OR NEW.what = 'bazaar_fees' OR NEW.what = 'bazaar_sales' OR NEW.what = 'consumed' OR NEW.what = 'costs' OR NEW.what = 'destroyed' OR NEW.what = 'equipped' OR NEW.what = 'expired' OR NEW.what = 'friends' OR NEW.what = 'fused' OR NEW.what = 'gear_broken' OR NEW.what = 'gems_given' OR NEW.what = 'gems_received' OR NEW.what = 'gifted' OR NEW.what = 'items_given' OR NEW.what = 'items_received' OR NEW.what = 'items_sold' OR NEW.what = 'listed' OR NEW.what = 'offered' OR NEW.what = 'oranges_given' OR NEW.what = 'oranges_received' OR NEW.what = 'returned' OR NEW.what = 'revenue' OR NEW.what = 'shifts' OR NEW.what = 'sold' OR NEW.what = 'stolen' OR NEW.what = 'traded' OR NEW.what = 'visits' OR NEW.what = 'withdrawn' OR NEW.what = 'won') AND EXISTS (SELECT 1 FROM player WHERE id = NEW.player_id) AND NOT EXISTS (SELECT 1 FROM counter WHERE player_id = NEW.player_id AND what = NEW.what AND entry IS NEW.entry)) IS NOT TRUE;
END;
CREATE TRIGGER counter_numbered AFTER INSERT ON counter
BEGIN
  SELECT RAISE(ABORT, 'counter: a hidden number is above zero') WHERE (NEW.rowid > 0) IS NOT TRUE;
END;
CREATE TRIGGER counter_no_update BEFORE UPDATE ON counter
BEGIN
  SELECT RAISE(ABORT, 'counter: whose and what never change') WHERE (NOT (NEW.rowid IS NOT OLD.rowid OR NEW.player_id IS NOT OLD.player_id OR NEW.what IS NOT OLD.what OR NEW.entry IS NOT OLD.entry)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'counter: only a line of its journal changes it') WHERE (NEW.last_id > OLD.last_id AND CASE NEW.what WHEN 'won' THEN (EXISTS (SELECT 1 FROM roll c WHERE c.id = NEW.last_id AND (c.purpose = 'case') AND (SELECT player_id FROM seed_pair WHERE id = c.seed_pair_id) = NEW.player_id AND (c.odds_table_id * 1000000 + c.entry) = NEW.entry AND NEW.number = OLD.number + 1)) WHEN 'batch' THEN (EXISTS (SELECT 1 FROM roll c WHERE c.id = NEW.last_id AND (c.purpose = 'case') AND (SELECT player_id FROM seed_pair WHERE id = c.seed_pair_id) = NEW.player_id AND 0 = NEW.entry AND NEW.number = CASE WHEN (c.nonce + 1 - (SELECT r.nonce FROM roll r WHERE r.operation_id = c.operation_id ORDER BY r.id LIMIT 1)) > OLD.number THEN (c.nonce + 1 - (SELECT r.nonce FROM roll r WHERE r.operation_id = c.operation_id ORDER BY r.id LIMIT 1)) ELSE OLD.number END)) WHEN 'items_sold' THEN (EXISTS (SELECT 1 FROM move c WHERE c.id = NEW.last_id AND (((c.event = 'sell' AND c.from_status = 'owned') OR (c.event = 'undo' AND c.from_status = 'sold'))) AND (SELECT player_id FROM player_item WHERE id = c.player_item_id) = NEW.player_id AND 0 = NEW.entry AND NEW.number = OLD.number + CASE WHEN c.event = 'sell' THEN 1 ELSE -1 END)) WHEN 'gear_broken' THEN (EXISTS (SELECT 1 FROM move c WHERE c.id = NEW.last_id AND (c.event = 'break') AND (SELECT player_id FROM player_item WHERE id = c.player_item_id) = NEW.player_id AND 0 = NEW.entry AND NEW.number = OLD.number + 1)) WHEN 'shifts' THEN (EXISTS (SELECT 1 FROM shift c WHERE c.id = NEW.last_id AND (TRUE) AND c.player_id = NEW.player_id AND 0 = NEW.entry AND NEW.number = OLD.number + 1)) WHEN 'revenue' THEN (EXISTS (SELECT 1 FROM income c WHERE c.id = NEW.last_id AND (TRUE) AND c.player_id = NEW.player_id AND c.player_item_id = NEW.entry AND NEW.number = OLD.number + c.revenue)) WHEN 'costs' THEN (EXISTS (SELECT 1 FROM income c WHERE c.id = NEW.last_id AND (TRUE) AND c.player_id = NEW.player_id AND c.player_item_id = NEW.entry AND NEW.number = OLD.number + c.cost)) WHEN 'friends' THEN (EXISTS (SELECT 1 FROM friendship c WHERE c.id = NEW.last_id AND ((c.event = 'accept' OR (c.event = 'remove' AND EXISTS (SELECT 1 FROM friendship f WHERE f.low_id = c.low_id AND f.high_id = c.high_id AND f.number = c.number - 1 AND f.event = 'accept')))) AND c.low_id = NEW.player_id AND 0 = NEW.entry AND NEW.number = OLD.number + CASE WHEN c.event = 'accept' THEN 1 ELSE -1 END) OR EXISTS (SELECT 1 FROM friendship c WHERE c.id = NEW.last_id AND ((c.event = 'accept' OR (c.event = 'remove' AND EXISTS (SELECT 1 FROM friendship f WHERE f.low_id = c.low_id AND f.high_id = c.high_id AND f.number = c.number - 1 AND f.event = 'accept')))) AND c.high_id = NEW.player_id AND 0 = NEW.entry AND NEW.number = OLD.number + CASE WHEN c.event = 'accept' THEN 1 ELSE -1 END)) WHEN 'visits' THEN (EXISTS (SELECT 1 FROM visit c WHERE c.id = NEW.last_id AND (TRUE) AND c.host_id = NEW.player_id AND 0 = NEW.entry AND NEW.number = OLD.number + 1)) WHEN 'bazaar_sales' THEN (EXISTS (SELECT 1 FROM move c WHERE c.id = NEW.last_id AND (c.event = 'sell' AND c.from_status = 'listed' AND (SELECT id FROM listing l WHERE l.player_item_id = c.player_item_id AND l.state = 'open') IS NOT NULL) AND (SELECT player_id FROM player_item WHERE id = c.player_item_id) = NEW.player_id AND 0 = NEW.entry AND NEW.number = OLD.number + 1)) WHEN 'bazaar_earned' THEN (EXISTS (SELECT 1 FROM move c WHERE c.id = NEW.last_id AND (c.event = 'sell' AND c.from_status = 'listed' AND (SELECT id FROM listing l WHERE l.player_item_id = c.player_item_id AND l.state = 'open') IS NOT NULL) AND (SELECT player_id FROM player_item WHERE id = c.player_item_id) = NEW.player_id AND 0 = NEW.entry AND NEW.number = OLD.number + (SELECT price - fee FROM listing l WHERE l.player_item_id = c.player_item_id AND l.state = 'open'))) WHEN 'bazaar_fees' THEN (EXISTS (SELECT 1 FROM move c WHERE c.id = NEW.last_id AND (c.event = 'sell' AND c.from_status = 'listed' AND (SELECT id FROM listing l WHERE l.player_item_id = c.player_item_id AND l.state = 'open') IS NOT NULL) AND (SELECT player_id FROM player_item WHERE id = c.player_item_id) = NEW.player_id AND 0 = NEW.entry AND NEW.number = OLD.number + (SELECT fee FROM listing l WHERE l.player_item_id = c.player_item_id AND l.state = 'open'))) WHEN 'items_given' THEN (EXISTS (SELECT 1 FROM move c WHERE c.id = NEW.last_id AND ((c.event = 'gift' OR (c.event = 'undo' AND c.from_status = 'gifted'))) AND (SELECT player_id FROM player_item WHERE id = c.player_item_id) = NEW.player_id AND 0 = NEW.entry AND NEW.number = OLD.number + CASE WHEN c.event = 'gift' THEN 1 ELSE -1 END)) WHEN 'oranges_given' THEN (EXISTS (SELECT 1 FROM gift c WHERE c.id = NEW.last_id AND (c.oranges > 0) AND c.giver_id = NEW.player_id AND 0 = NEW.entry AND NEW.number = OLD.number + c.oranges)) WHEN 'gems_given' THEN (EXISTS (SELECT 1 FROM gift c WHERE c.id = NEW.last_id AND (c.gems > 0) AND c.giver_id = NEW.player_id AND 0 = NEW.entry AND NEW.number = OLD.number + c.gems)) WHEN 'items_received' THEN (EXISTS (SELECT 1 FROM move c WHERE c.id = NEW.last_id AND ((c.event = 'return' OR (c.version = 1 AND EXISTS (SELECT 1 FROM player_item p WHERE p.id = c.player_item_id AND p.acquisition = 'gift')))) AND (SELECT player_id FROM player_item WHERE id = c.player_item_id) = NEW.player_id AND 0 = NEW.entry AND NEW.number = OLD.number + CASE WHEN c.event = 'return' THEN -1 ELSE 1 END)) WHEN 'oranges_received' THEN (EXISTS (SELECT 1 FROM gift c WHERE c.id = NEW.last_id AND (c.oranges > 0) AND c.receiver_id = NEW.player_id AND 0 = NEW.entry AND NEW.number = OLD.number + c.oranges)) WHEN 'gems_received' THEN (EXISTS (SELECT 1 FROM gift c WHERE c.id = NEW.last_id AND (c.gems > 0) AND c.receiver_id = NEW.player_id AND 0 = NEW.entry AND NEW.number = OLD.number + c.gems)) WHEN 'equipped' THEN (EXISTS (SELECT 1 FROM move c WHERE c.id = NEW.last_id AND ((c.to_status = 'equipped' OR c.from_status = 'equipped')) AND (SELECT player_id FROM player_item WHERE id = c.player_item_id) = NEW.player_id AND (SELECT item_id FROM player_item WHERE id = c.player_item_id) = NEW.entry AND NEW.number = OLD.number + CASE WHEN c.to_status = 'equipped' THEN 1 ELSE -1 END)) WHEN 'listed' THEN (EXISTS (SELECT 1 FROM move c WHERE c.id = NEW.last_id AND ((c.to_status = 'listed' OR c.from_status = 'listed')) AND (SELECT player_id FROM player_item WHERE id = c.player_item_id) = NEW.player_id AND (SELECT item_id FROM player_item WHERE id = c.player_item_id) = NEW.entry AND NEW.number = OLD.number + CASE WHEN c.to_status = 'listed' THEN 1 ELSE -1 END)) WHEN 'offered' THEN (EXISTS (SELECT 1 FROM move c WHERE c.id = NEW.last_id AND ((c.to_status = 'offered' OR c.from_status = 'offered')) AND (SELECT player_id FROM player_item WHERE id = c.player_item_id) = NEW.player_id AND (SELECT item_id FROM player_item WHERE id = c.player_item_id) = NEW.entry AND NEW.number = OLD.number + CASE WHEN c.to_status = 'offered' THEN 1 ELSE -1 END)) WHEN 'sold' THEN (EXISTS (SELECT 1 FROM move c WHERE c.id = NEW.last_id AND ((c.to_status = 'sold' OR c.from_status = 'sold')) AND (SELECT player_id FROM player_item WHERE id = c.player_item_id) = NEW.player_id AND (SELECT item_id FROM player_item WHERE id = c.player_item_id) = NEW.entry AND NEW.number = OLD.number + CASE WHEN c.to_status = 'sold' THEN 1 ELSE -1 END)) WHEN 'withdrawn' THEN (EXISTS (SELECT 1 FROM move c WHERE c.id = NEW.last_id AND ((c.to_status = 'withdrawn' OR c.from_status = 'withdrawn')) AND (SELECT player_id FROM player_item WHERE id = c.player_item_id) = NEW.player_id AND (SELECT item_id FROM player_item WHERE id = c.player_item_id) = NEW.entry AND NEW.number = OLD.number + CASE WHEN c.to_status = 'withdrawn' THEN 1 ELSE -1 END)) WHEN 'gifted' THEN (EXISTS (SELECT 1 FROM move c WHERE c.id = NEW.last_id AND ((c.to_status = 'gifted' OR c.from_status = 'gifted')) AND (SELECT player_id FROM player_item WHERE id = c.player_item_id) = NEW.player_id AND (SELECT item_id FROM player_item WHERE id = c.player_item_id) = NEW.entry AND NEW.number = OLD.number + CASE WHEN c.to_status = 'gifted' THEN 1 ELSE -1 END)) WHEN 'consumed' THEN (EXISTS (SELECT 1 FROM move c WHERE c.id = NEW.last_id AND ((c.to_status = 'consumed' OR c.from_status = 'consumed')) AND (SELECT player_id FROM player_item WHERE id = c.player_item_id) = NEW.player_id AND (SELECT item_id FROM player_item WHERE id = c.player_item_id) = NEW.entry AND NEW.number = OLD.number + CASE WHEN c.to_status = 'consumed' THEN 1 ELSE -1 END)) WHEN 'traded' THEN (EXISTS (SELECT 1 FROM move c WHERE c.id = NEW.last_id AND ((c.to_status = 'traded' OR c.from_status = 'traded')) AND (SELECT player_id FROM player_item WHERE id = c.player_item_id) = NEW.player_id AND (SELECT item_id FROM player_item WHERE id = c.player_item_id) = NEW.entry AND NEW.number = OLD.number + CASE WHEN c.to_status = 'traded' THEN 1 ELSE -1 END)) WHEN 'fused' THEN (EXISTS (SELECT 1 FROM move c WHERE c.id = NEW.last_id AND ((c.to_status = 'fused' OR c.from_status = 'fused')) AND (SELECT player_id FROM player_item WHERE id = c.player_item_id) = NEW.player_id AND (SELECT item_id FROM player_item WHERE id = c.player_item_id) = NEW.entry AND NEW.number = OLD.number + CASE WHEN c.to_status = 'fused' THEN 1 ELSE -1 END)) WHEN 'stolen' THEN (EXISTS (SELECT 1 FROM move c WHERE c.id = NEW.last_id AND ((c.to_status = 'stolen' OR c.from_status = 'stolen')) AND (SELECT player_id FROM player_item WHERE id = c.player_item_id) = NEW.player_id AND (SELECT item_id FROM player_item WHERE id = c.player_item_id) = NEW.entry AND NEW.number = OLD.number + CASE WHEN c.to_status = 'stolen' THEN 1 ELSE -1 END)) WHEN 'destroyed' THEN (EXISTS (SELECT 1 FROM move c WHERE c.id = NEW.last_id AND ((c.to_status = 'destroyed' OR c.from_status = 'destroyed')) AND (SELECT player_id FROM player_item WHERE id = c.player_item_id) = NEW.player_id AND (SELECT item_id FROM player_item WHERE id = c.player_item_id) = NEW.entry AND NEW.number = OLD.number + CASE WHEN c.to_status = 'destroyed' THEN 1 ELSE -1 END)) WHEN 'expired' THEN (EXISTS (SELECT 1 FROM move c WHERE c.id = NEW.last_id AND ((c.to_status = 'expired' OR c.from_status = 'expired')) AND (SELECT player_id FROM player_item WHERE id = c.player_item_id) = NEW.player_id AND (SELECT item_id FROM player_item WHERE id = c.player_item_id) = NEW.entry AND NEW.number = OLD.number + CASE WHEN c.to_status = 'expired' THEN 1 ELSE -1 END)) WHEN 'returned' THEN (EXISTS (SELECT 1 FROM move c WHERE c.id = NEW.last_id AND ((c.to_status = 'returned' OR c.from_status = 'returned')) AND (SELECT player_id FROM player_item WHERE id = c.player_item_id) = NEW.player_id AND (SELECT item_id FROM player_item WHERE id = c.player_item_id) = NEW.entry AND NEW.number = OLD.number + CASE WHEN c.to_status = 'returned' THEN 1 ELSE -1 END)) END) IS NOT TRUE;
END;
CREATE TRIGGER counter_no_delete BEFORE DELETE ON counter
BEGIN
  SELECT RAISE(ABORT, 'counter: nothing is ever deleted');
END;
CREATE TRIGGER transfer_brought AFTER INSERT ON transfer WHEN EXISTS (SELECT 1 FROM operation o WHERE o.id = NEW.operation_id AND (o.kind = 'gift' OR o.kind = 'grant' OR o.kind = 'player' OR o.kind = 'settle' OR o.kind = 'trade' OR o.kind = 'trade_accept' OR o.kind = 'trade_counter' OR o.kind = 'trade_decline' OR o.kind = 'trade_take_back' OR o.kind = 'undo'))
BEGIN
  INSERT INTO brought (player_id, operation_id, kind, money, items) SELECT p.id, o.id, o.kind, 0, 0 FROM operation o JOIN player p ON p.id IN (o.player_id, (SELECT player_id FROM account WHERE id = NEW.from_account_id), (SELECT player_id FROM account WHERE id = NEW.to_account_id)) WHERE o.id = NEW.operation_id AND (o.kind <> 'settle' OR p.id = o.player_id) AND NOT EXISTS (SELECT 1 FROM brought b WHERE b.player_id = p.id AND b.operation_id = o.id);
  UPDATE brought SET money = 1 WHERE operation_id = NEW.operation_id AND money = 0 AND player_id IN (SELECT p.id FROM operation o JOIN player p ON p.id IN (o.player_id, (SELECT player_id FROM account WHERE id = NEW.from_account_id), (SELECT player_id FROM account WHERE id = NEW.to_account_id)) WHERE o.id = NEW.operation_id AND (o.kind <> 'settle' OR p.id = o.player_id));
END;
CREATE TRIGGER move_brought AFTER INSERT ON move WHEN EXISTS (SELECT 1 FROM operation o WHERE o.id = NEW.operation_id AND (o.kind = 'gift' OR o.kind = 'grant' OR o.kind = 'player' OR o.kind = 'settle' OR o.kind = 'trade' OR o.kind = 'trade_accept' OR o.kind = 'trade_counter' OR o.kind = 'trade_decline' OR o.kind = 'trade_take_back' OR o.kind = 'undo'))
BEGIN
  INSERT INTO brought (player_id, operation_id, kind, money, items) SELECT p.id, o.id, o.kind, 0, 0 FROM operation o JOIN player p ON p.id IN (o.player_id, (SELECT player_id FROM player_item WHERE id = NEW.player_item_id)) WHERE o.id = NEW.operation_id AND (o.kind <> 'settle' OR p.id = o.player_id) AND NOT EXISTS (SELECT 1 FROM brought b WHERE b.player_id = p.id AND b.operation_id = o.id);
  UPDATE brought SET items = 1 WHERE operation_id = NEW.operation_id AND items = 0 AND player_id IN (SELECT p.id FROM operation o JOIN player p ON p.id IN (o.player_id, (SELECT player_id FROM player_item WHERE id = NEW.player_item_id)) WHERE o.id = NEW.operation_id AND (o.kind <> 'settle' OR p.id = o.player_id));
END;
CREATE TRIGGER brought_guard BEFORE INSERT ON brought
BEGIN
  SELECT RAISE(ABORT, 'brought: a line is never replaced') WHERE (NOT EXISTS (SELECT 1 FROM brought WHERE rowid IS NEW.rowid)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'brought: of an operation that may bring something, once a player') WHERE (NEW.money IS 0 AND NEW.items IS 0 AND EXISTS (SELECT 1 FROM player WHERE id = NEW.player_id) AND EXISTS (SELECT 1 FROM operation WHERE id = NEW.operation_id AND kind IS NEW.kind AND kind IN ('gift', 'grant', 'player', 'settle', 'trade', 'trade_accept', 'trade_counter', 'trade_decline', 'trade_take_back', 'undo') AND (kind <> 'settle' OR player_id = NEW.player_id)) AND NOT EXISTS (SELECT 1 FROM brought WHERE player_id = NEW.player_id AND operation_id = NEW.operation_id)) IS NOT TRUE;
END;
CREATE TRIGGER brought_numbered AFTER INSERT ON brought
BEGIN
  SELECT RAISE(ABORT, 'brought: a hidden number is above zero') WHERE (NEW.rowid > 0) IS NOT TRUE;
END;
CREATE TRIGGER brought_no_update BEFORE UPDATE ON brought
BEGIN
  SELECT RAISE(ABORT, 'brought: whose and what never change') WHERE (NOT (NEW.rowid IS NOT OLD.rowid OR NEW.player_id IS NOT OLD.player_id OR NEW.operation_id IS NOT OLD.operation_id OR NEW.kind IS NOT OLD.kind)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'brought: only a transfer or a move says so') WHERE (NEW.money IS OLD.money OR (NEW.money IS 1 AND EXISTS (SELECT 1 FROM transfer WHERE operation_id = NEW.operation_id))) IS NOT TRUE;
  SELECT RAISE(ABORT, 'brought: only a transfer or a move says so') WHERE (NEW.items IS OLD.items OR (NEW.items IS 1 AND EXISTS (SELECT 1 FROM move WHERE operation_id = NEW.operation_id))) IS NOT TRUE;
END;
CREATE TRIGGER brought_no_delete BEFORE DELETE ON brought
BEGIN
  SELECT RAISE(ABORT, 'brought: nothing is ever deleted');
END;
CREATE TRIGGER move_guard BEFORE INSERT ON move
BEGIN
  SELECT RAISE(ABORT, 'move: a line is never replaced') WHERE (NOT EXISTS (SELECT 1 FROM move WHERE id IS NEW.id)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'move: not in the lifecycle table') WHERE ((NEW.from_status IS NULL AND NEW.event IS 'acquire' AND NEW.to_status IS 'owned')
    OR (NEW.from_status IS NULL AND NEW.event IS 'drop' AND NEW.to_status IS 'escrowed')
    OR (NEW.from_status IS 'escrowed' AND NEW.event IS 'claim' AND NEW.to_status IS 'owned')
    OR (NEW.from_status IS 'escrowed' AND NEW.event IS 'expire' AND NEW.to_status IS 'expired')
    OR (NEW.from_status IS 'owned' AND NEW.event IS 'equip' AND NEW.to_status IS 'equipped')
    OR (NEW.from_status IS 'equipped' AND NEW.event IS 'unequip' AND NEW.to_status IS 'owned')
    OR (NEW.from_status IS 'owned' AND NEW.event IS 'sell' AND NEW.to_status IS 'sold')
    OR (NEW.from_status IS 'owned' AND NEW.event IS 'withdraw' AND NEW.to_status IS 'withdrawn')
    OR (NEW.from_status IS 'owned' AND NEW.event IS 'gift' AND NEW.to_status IS 'gifted')
    OR (NEW.from_status IS 'owned' AND NEW.event IS 'use_up' AND NEW.to_status IS 'consumed')
    OR (NEW.from_status IS 'owned' AND NEW.event IS 'list' AND NEW.to_status IS 'listed')
    OR (NEW.from_status IS 'listed' AND NEW.event IS 'delist' AND NEW.to_status IS 'owned')
    OR (NEW.from_status IS 'listed' AND NEW.event IS 'sell' AND NEW.to_status IS 'sold')
    OR (NEW.from_status IS 'owned' AND NEW.event IS 'offer' AND NEW.to_status IS 'offered')
    OR (NEW.from_status IS 'offered' AND NEW.event IS 'take_back' AND NEW.to_status IS 'owned')
    OR (NEW.from_status IS 'offered' AND NEW.event IS 'trade' AND NEW.to_status IS 'traded')
    OR (NEW.from_status IS 'owned' AND NEW.event IS 'fuse' AND NEW.to_status IS 'fused')
    OR (NEW.from_status IS 'owned' AND NEW.event IS 'steal' AND NEW.to_status IS 'stolen')
    OR (NEW.from_status IS 'owned' AND NEW.event IS 'break' AND NEW.to_status IS 'destroyed')
    OR (NEW.from_status IS 'equipped' AND NEW.event IS 'break' AND NEW.to_status IS 'destroyed')
    OR (NEW.from_status IS 'equipped' AND NEW.event IS 'evict' AND NEW.to_status IS 'destroyed')
    OR (NEW.from_status IS 'owned' AND NEW.event IS 'discard' AND NEW.to_status IS 'destroyed')
    OR (NEW.from_status IS 'sold' AND NEW.event IS 'undo' AND NEW.to_status IS 'owned')
    OR (NEW.from_status IS 'destroyed' AND NEW.event IS 'undo' AND NEW.to_status IS 'owned')
    OR (NEW.from_status IS 'gifted' AND NEW.event IS 'undo' AND NEW.to_status IS 'owned')
    OR (NEW.from_status IS 'owned' AND NEW.event IS 'return' AND NEW.to_status IS 'returned')
    OR (NEW.from_status IS 'escrowed' AND NEW.event IS 'return' AND NEW.to_status IS 'returned')) IS NOT TRUE;
  SELECT RAISE(ABORT, 'move: it does not follow the last one, or the thing is locked') WHERE (EXISTS (SELECT 1 FROM player_item p WHERE p.id = NEW.player_item_id AND NEW.version IS p.version + 1 AND p.status IS NEW.from_status AND (p.locked IS 0 OR NOT (NEW.event = 'discard' OR NEW.event = 'fuse' OR NEW.event = 'gift' OR NEW.event = 'list' OR NEW.event = 'offer' OR NEW.event = 'sell' OR NEW.event = 'withdraw')))) IS NOT TRUE;
  SELECT RAISE(ABORT, 'move: only what an operation did is taken back, once') WHERE (CASE WHEN (NEW.event = 'return' OR NEW.event = 'undo') THEN (EXISTS (SELECT 1 FROM undo u JOIN move m ON m.operation_id = u.undone_id AND m.player_item_id = NEW.player_item_id AND m.version = NEW.version - 1 WHERE u.operation_id = NEW.operation_id) AND NOT EXISTS (SELECT 1 FROM player_item h WHERE h.origin_id = NEW.player_item_id AND h.status IS NOT 'returned') AND (NEW.from_status <> 'sold' OR NOT EXISTS (SELECT 1 FROM undo u JOIN transfer s ON s.operation_id = u.undone_id AND s.kind = 'sale' WHERE u.operation_id = NEW.operation_id) OR EXISTS (SELECT 1 FROM transfer b WHERE b.operation_id = NEW.operation_id AND b.kind = 'undo'))) ELSE TRUE END) IS NOT TRUE;
  SELECT RAISE(ABORT, 'move: it belongs to no operation under way') WHERE (NEW.operation_id IS NOT NULL AND NEW.operation_id IS (SELECT id FROM operation ORDER BY id DESC LIMIT 1)) IS NOT TRUE;
END;
CREATE TRIGGER move_apply AFTER INSERT ON move
BEGIN
  SELECT RAISE(ABORT, 'move: lines are numbered from 1 without gaps') WHERE (NEW.id IS 1 OR EXISTS (SELECT 1 FROM move WHERE id IS NEW.id - 1)) IS NOT TRUE;
  UPDATE player_item SET status = NEW.to_status, version = NEW.version WHERE id = NEW.player_item_id;
  INSERT INTO holding (player_id, item_id, held, escrowed, last_move_id) SELECT player_id, item_id, 0, 0, 0 FROM player_item WHERE id = NEW.player_item_id AND NEW.from_status IS NULL AND NOT EXISTS (SELECT 1 FROM holding h WHERE h.player_id = player_item.player_id AND h.item_id = player_item.item_id);
  UPDATE holding SET held = held + ((NEW.to_status = 'equipped' OR NEW.to_status = 'listed' OR NEW.to_status = 'offered' OR NEW.to_status = 'owned')) - (NEW.from_status IS NOT NULL AND (NEW.from_status = 'equipped' OR NEW.from_status = 'listed' OR NEW.from_status = 'offered' OR NEW.from_status = 'owned')), escrowed = escrowed + (NEW.to_status IS 'escrowed') - (NEW.from_status IS 'escrowed'), last_move_id = NEW.id WHERE (player_id, item_id) = (SELECT player_id, item_id FROM player_item WHERE id = NEW.player_item_id);
END;
CREATE TRIGGER move_no_update BEFORE UPDATE ON move
BEGIN
  SELECT RAISE(ABORT, 'move: a journal is only added to');
END;
CREATE TRIGGER move_no_delete BEFORE DELETE ON move
BEGIN
  SELECT RAISE(ABORT, 'move: a journal is only added to');
END;
CREATE TRIGGER player_item_guard BEFORE INSERT ON player_item
BEGIN
  SELECT RAISE(ABORT, 'player_item: a line is never replaced') WHERE (NOT EXISTS (SELECT 1 FROM player_item WHERE id IS NEW.id)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'player_item: a thing begins without a status') WHERE (NEW.status IS NULL AND NEW.version IS 0 AND NEW.condition IS 0 AND NEW.locked IS 0) IS NOT TRUE;
  SELECT RAISE(ABORT, 'player_item: no such player, item or category') WHERE (EXISTS (SELECT 1 FROM player WHERE id = NEW.player_id) AND EXISTS (SELECT 1 FROM item WHERE id = NEW.item_id AND category IS NEW.category)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'player_item: no such acquisition, price, uses or durability') WHERE ((NEW.acquisition = 'achievement' OR NEW.acquisition = 'admin' OR NEW.acquisition = 'bazaar' OR NEW.acquisition = 'bundle' OR NEW.acquisition = 'case' OR NEW.acquisition = 'drop' OR NEW.acquisition = 'gift' OR NEW.acquisition = 'purchase' OR NEW.acquisition = 'starter' OR NEW.acquisition = 'theft' OR NEW.acquisition = 'trade' OR NEW.acquisition = 'workshop') AND NEW.price_paid >= 0 AND NEW.gems_paid >= 0 AND (NEW.uses IS NULL OR NEW.uses >= 0) AND (NEW.durability IS NULL OR NEW.durability >= 0)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'player_item: its origin is not to be handed on, or was already') WHERE (NEW.origin_id IS NULL OR (EXISTS (SELECT 1 FROM player_item o WHERE o.id = NEW.origin_id AND o.item_id IS NEW.item_id AND (o.status = 'gifted' OR o.status = 'sold' OR o.status = 'stolen' OR o.status = 'traded')) AND NOT EXISTS (SELECT 1 FROM player_item o WHERE o.origin_id = NEW.origin_id AND o.status IS NOT 'returned'))) IS NOT TRUE;
END;
CREATE TRIGGER player_item_numbered AFTER INSERT ON player_item
BEGIN
  SELECT RAISE(ABORT, 'player_item: lines are numbered from 1 without gaps') WHERE (NEW.id IS 1 OR EXISTS (SELECT 1 FROM player_item WHERE id IS NEW.id - 1)) IS NOT TRUE;
END;
CREATE TRIGGER player_item_no_update BEFORE UPDATE ON player_item
BEGIN
  SELECT RAISE(ABORT, 'player_item: whose, what and whence never change') WHERE (NOT (NEW.id IS NOT OLD.id OR NEW.player_id IS NOT OLD.player_id OR NEW.item_id IS NOT OLD.item_id OR NEW.category IS NOT OLD.category OR NEW.acquired_at IS NOT OLD.acquired_at OR NEW.acquisition IS NOT OLD.acquisition OR NEW.price_paid IS NOT OLD.price_paid OR NEW.gems_paid IS NOT OLD.gems_paid OR NEW.source IS NOT OLD.source OR NEW.origin_id IS NOT OLD.origin_id)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'player_item: until when it waits never changes, unless the clock is set back') WHERE (NEW.held_until IS OLD.held_until OR (NEW.held_until < OLD.held_until AND OLD.status IS 'escrowed' AND EXISTS (SELECT 1 FROM operation o WHERE o.id = (SELECT id FROM operation ORDER BY id DESC LIMIT 1) AND o.kind = 'clock' AND OLD.acquired_at > o.at AND NEW.held_until > o.at))) IS NOT TRUE;
  SELECT RAISE(ABORT, 'player_item: only a move changes a status') WHERE ((NEW.version IS OLD.version AND NEW.status IS OLD.status) OR (NEW.version IS OLD.version + 1 AND EXISTS (SELECT 1 FROM move m WHERE m.player_item_id = NEW.id AND m.version = NEW.version AND m.from_status IS OLD.status AND m.to_status IS NEW.status))) IS NOT TRUE;
  SELECT RAISE(ABORT, 'player_item: locked is 0 or 1') WHERE (NEW.locked IS 0 OR NEW.locked IS 1) IS NOT TRUE;
  SELECT RAISE(ABORT, 'player_item: what has ended, or is promised, is not locked') WHERE (NEW.locked IS OLD.locked OR NOT (OLD.status = 'consumed' OR OLD.status = 'destroyed' OR OLD.status = 'expired' OR OLD.status = 'fused' OR OLD.status = 'gifted' OR OLD.status = 'listed' OR OLD.status = 'offered' OR OLD.status = 'returned' OR OLD.status = 'sold' OR OLD.status = 'stolen' OR OLD.status = 'traded' OR OLD.status = 'withdrawn')) IS NOT TRUE;
  SELECT RAISE(ABORT, 'player_item: only a condition line changes a condition') WHERE (NOT (NEW.condition IS NOT OLD.condition OR NEW.uses IS NOT OLD.uses OR NEW.durability IS NOT OLD.durability) OR (NEW.condition IS OLD.condition + 1 AND EXISTS (SELECT 1 FROM condition c WHERE c.player_item_id = NEW.id AND c.number = NEW.condition AND c.uses IS NEW.uses AND c.durability IS NEW.durability))) IS NOT TRUE;
  SELECT RAISE(ABORT, 'player_item: one thing a slot') WHERE (NEW.status IS NOT 'equipped' OR NOT EXISTS (SELECT 1 FROM player_item o WHERE o.player_id = NEW.player_id AND o.category = NEW.category AND o.status = 'equipped' AND o.id <> NEW.id)) IS NOT TRUE;
END;
CREATE TRIGGER player_item_no_delete BEFORE DELETE ON player_item
BEGIN
  SELECT RAISE(ABORT, 'player_item: nothing is ever deleted');
END;
CREATE TRIGGER holding_guard BEFORE INSERT ON holding
BEGIN
  SELECT RAISE(ABORT, 'holding: a line is never replaced') WHERE (NOT EXISTS (SELECT 1 FROM holding WHERE rowid IS NEW.rowid)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'holding: it is counted already') WHERE (NOT EXISTS (SELECT 1 FROM holding WHERE player_id = NEW.player_id AND item_id = NEW.item_id)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'holding: counting begins at nothing, of a player and an item') WHERE (NEW.held IS 0 AND NEW.escrowed IS 0 AND NEW.last_move_id IS 0 AND EXISTS (SELECT 1 FROM player WHERE id = NEW.player_id) AND EXISTS (SELECT 1 FROM item WHERE id = NEW.item_id)) IS NOT TRUE;
END;
CREATE TRIGGER holding_numbered AFTER INSERT ON holding
BEGIN
  SELECT RAISE(ABORT, 'holding: a hidden number is above zero') WHERE (NEW.rowid > 0) IS NOT TRUE;
END;
CREATE TRIGGER holding_no_update BEFORE UPDATE ON holding
BEGIN
  SELECT RAISE(ABORT, 'holding: whose and what never change') WHERE (NOT (NEW.rowid IS NOT OLD.rowid OR NEW.player_id IS NOT OLD.player_id OR NEW.item_id IS NOT OLD.item_id)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'holding: only a move changes a count') WHERE (NEW.last_move_id > OLD.last_move_id AND EXISTS (SELECT 1 FROM move m JOIN player_item p ON p.id = m.player_item_id WHERE m.id = NEW.last_move_id AND p.player_id IS NEW.player_id AND p.item_id IS NEW.item_id AND NEW.held IS OLD.held + ((m.to_status = 'equipped' OR m.to_status = 'listed' OR m.to_status = 'offered' OR m.to_status = 'owned')) - (m.from_status IS NOT NULL AND (m.from_status = 'equipped' OR m.from_status = 'listed' OR m.from_status = 'offered' OR m.from_status = 'owned')) AND NEW.escrowed IS OLD.escrowed + (m.to_status IS 'escrowed') - (m.from_status IS 'escrowed'))) IS NOT TRUE;
END;
CREATE TRIGGER holding_no_delete BEFORE DELETE ON holding
BEGIN
  SELECT RAISE(ABORT, 'holding: nothing is ever deleted');
END;
CREATE TRIGGER market_rotation_guard BEFORE INSERT ON market_rotation
BEGIN
  SELECT RAISE(ABORT, 'market_rotation: a line is never replaced') WHERE (NOT EXISTS (SELECT 1 FROM market_rotation WHERE id IS NEW.id)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'market_rotation: it belongs to no operation under way') WHERE (NEW.operation_id IS NOT NULL AND NEW.operation_id IS (SELECT id FROM operation ORDER BY id DESC LIMIT 1)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'market_rotation: it is there already') WHERE (NOT EXISTS (SELECT 1 FROM market_rotation WHERE number IS NEW.number)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'market_rotation: the line is not sound') WHERE (NEW.number >= 0) IS NOT TRUE;
END;
CREATE TRIGGER market_rotation_apply AFTER INSERT ON market_rotation
BEGIN
  SELECT RAISE(ABORT, 'market_rotation: lines are numbered from 1 without gaps') WHERE (NEW.id IS 1 OR EXISTS (SELECT 1 FROM market_rotation WHERE id IS NEW.id - 1)) IS NOT TRUE;
END;
CREATE TRIGGER market_rotation_no_update BEFORE UPDATE ON market_rotation
BEGIN
  SELECT RAISE(ABORT, 'market_rotation: a journal is only added to');
END;
CREATE TRIGGER market_rotation_no_delete BEFORE DELETE ON market_rotation
BEGIN
  SELECT RAISE(ABORT, 'market_rotation: a journal is only added to');
END;
CREATE TRIGGER market_stall_guard BEFORE INSERT ON market_stall
BEGIN
  SELECT RAISE(ABORT, 'market_stall: a line is never replaced') WHERE (NOT EXISTS (SELECT 1 FROM market_stall WHERE id IS NEW.id)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'market_stall: it belongs to no operation under way') WHERE (NEW.operation_id IS NOT NULL AND NEW.operation_id IS (SELECT id FROM operation ORDER BY id DESC LIMIT 1)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'market_stall: it is there already') WHERE (NOT EXISTS (SELECT 1 FROM market_stall WHERE rotation_id IS NEW.rotation_id AND item_id IS NEW.item_id)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'market_stall: the line is not sound') WHERE (NEW.sold IS 0 AND NEW.stock > 0 AND NEW.price > 0 AND NEW.full_price >= NEW.price AND NEW.discount BETWEEN 0 AND 99 AND EXISTS (SELECT 1 FROM item WHERE id = NEW.item_id) AND EXISTS (SELECT 1 FROM market_rotation WHERE id = NEW.rotation_id AND operation_id = NEW.operation_id)) IS NOT TRUE;
END;
CREATE TRIGGER market_stall_apply AFTER INSERT ON market_stall
BEGIN
  SELECT RAISE(ABORT, 'market_stall: lines are numbered from 1 without gaps') WHERE (NEW.id IS 1 OR EXISTS (SELECT 1 FROM market_stall WHERE id IS NEW.id - 1)) IS NOT TRUE;
END;
CREATE TRIGGER market_stall_no_update BEFORE UPDATE ON market_stall
BEGIN
  SELECT RAISE(ABORT, 'market_stall: only a sale counts it down, and not below zero') WHERE (NOT (NEW.id IS NOT OLD.id OR NEW.operation_id IS NOT OLD.operation_id OR NEW.rotation_id IS NOT OLD.rotation_id OR NEW.item_id IS NOT OLD.item_id OR NEW.full_price IS NOT OLD.full_price OR NEW.price IS NOT OLD.price OR NEW.discount IS NOT OLD.discount OR NEW.stock IS NOT OLD.stock) AND NEW.sold BETWEEN 0 AND NEW.stock AND NEW.sold IS (SELECT count(*) FROM stall_sale WHERE stall_id = NEW.id)) IS NOT TRUE;
END;
CREATE TRIGGER market_stall_no_delete BEFORE DELETE ON market_stall
BEGIN
  SELECT RAISE(ABORT, 'market_stall: nothing is ever deleted');
END;
CREATE TRIGGER stall_sale_guard BEFORE INSERT ON stall_sale
BEGIN
  SELECT RAISE(ABORT, 'stall_sale: a line is never replaced') WHERE (NOT EXISTS (SELECT 1 FROM stall_sale WHERE id IS NEW.id)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'stall_sale: it belongs to no operation under way') WHERE (NEW.operation_id IS NOT NULL AND NEW.operation_id IS (SELECT id FROM operation ORDER BY id DESC LIMIT 1)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'stall_sale: it is there already') WHERE (NOT EXISTS (SELECT 1 FROM stall_sale WHERE player_item_id IS NEW.player_item_id)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'stall_sale: the line is not sound') WHERE (EXISTS (SELECT 1 FROM market_stall s JOIN player_item p ON p.item_id = s.item_id WHERE s.id = NEW.stall_id AND s.sold < s.stock AND p.id = NEW.player_item_id AND p.acquisition IS 'purchase')) IS NOT TRUE;
END;
CREATE TRIGGER stall_sale_apply AFTER INSERT ON stall_sale
BEGIN
  SELECT RAISE(ABORT, 'stall_sale: lines are numbered from 1 without gaps') WHERE (NEW.id IS 1 OR EXISTS (SELECT 1 FROM stall_sale WHERE id IS NEW.id - 1)) IS NOT TRUE;
  UPDATE market_stall SET sold = sold + 1 WHERE id = NEW.stall_id;
END;
CREATE TRIGGER stall_sale_no_update BEFORE UPDATE ON stall_sale
BEGIN
  SELECT RAISE(ABORT, 'stall_sale: a journal is only added to');
END;
CREATE TRIGGER stall_sale_no_delete BEFORE DELETE ON stall_sale
BEGIN
  SELECT RAISE(ABORT, 'stall_sale: a journal is only added to');
END;
CREATE TRIGGER gear_shop_guard BEFORE INSERT ON gear_shop
BEGIN
  SELECT RAISE(ABORT, 'gear_shop: a line is never replaced') WHERE (NOT EXISTS (SELECT 1 FROM gear_shop WHERE id IS NEW.id)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'gear_shop: it belongs to no operation under way') WHERE (NEW.operation_id IS NOT NULL AND NEW.operation_id IS (SELECT id FROM operation ORDER BY id DESC LIMIT 1)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'gear_shop: it is there already') WHERE (NOT EXISTS (SELECT 1 FROM gear_shop WHERE player_id IS NEW.player_id AND day IS NEW.day AND rerolls IS NEW.rerolls)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'gear_shop: the line is not sound') WHERE (EXISTS (SELECT 1 FROM player WHERE id = NEW.player_id) AND NEW.rerolls IS (SELECT count(*) FROM gear_shop WHERE player_id = NEW.player_id AND day = NEW.day)) IS NOT TRUE;
END;
CREATE TRIGGER gear_shop_apply AFTER INSERT ON gear_shop
BEGIN
  SELECT RAISE(ABORT, 'gear_shop: lines are numbered from 1 without gaps') WHERE (NEW.id IS 1 OR EXISTS (SELECT 1 FROM gear_shop WHERE id IS NEW.id - 1)) IS NOT TRUE;
END;
CREATE TRIGGER gear_shop_no_update BEFORE UPDATE ON gear_shop
BEGIN
  SELECT RAISE(ABORT, 'gear_shop: a journal is only added to');
END;
CREATE TRIGGER gear_shop_no_delete BEFORE DELETE ON gear_shop
BEGIN
  SELECT RAISE(ABORT, 'gear_shop: a journal is only added to');
END;
CREATE TRIGGER operation_guard BEFORE INSERT ON operation
BEGIN
  SELECT RAISE(ABORT, 'operation: a line is never replaced') WHERE (NOT EXISTS (SELECT 1 FROM operation WHERE id IS NEW.id)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'operation: this key was used') WHERE (NOT EXISTS (SELECT 1 FROM operation WHERE scope = NEW.scope AND key = NEW.key)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'operation: its key is its player''s or the world''s') WHERE ((NEW.player_id IS NULL AND NEW.scope IS 0) OR (NEW.scope IS NEW.player_id AND EXISTS (SELECT 1 FROM player WHERE id = NEW.player_id))) IS NOT TRUE;
END;
CREATE TRIGGER operation_numbered AFTER INSERT ON operation
BEGIN
  SELECT RAISE(ABORT, 'operation: lines are numbered from 1 without gaps') WHERE (NEW.id IS 1 OR EXISTS (SELECT 1 FROM operation WHERE id IS NEW.id - 1)) IS NOT TRUE;
END;
CREATE TRIGGER operation_no_update BEFORE UPDATE ON operation
BEGIN
  SELECT RAISE(ABORT, 'operation: only its outcome is filled in, once') WHERE (OLD.outcome IS NULL AND NEW.outcome IS NOT NULL AND NOT (NEW.id IS NOT OLD.id OR NEW.scope IS NOT OLD.scope OR NEW.key IS NOT OLD.key OR NEW.player_id IS NOT OLD.player_id OR NEW.kind IS NOT OLD.kind OR NEW.request IS NOT OLD.request OR NEW.at IS NOT OLD.at)) IS NOT TRUE;
END;
CREATE TRIGGER operation_no_delete BEFORE DELETE ON operation
BEGIN
  SELECT RAISE(ABORT, 'operation: nothing is ever deleted');
END;
CREATE TRIGGER transfer_guard BEFORE INSERT ON transfer
BEGIN
  SELECT RAISE(ABORT, 'transfer: a line is never replaced') WHERE (NOT EXISTS (SELECT 1 FROM transfer WHERE id IS NEW.id)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'transfer: the amount is above zero') WHERE (NEW.amount > 0) IS NOT TRUE;
  SELECT RAISE(ABORT, 'transfer: balances do not follow from the accounts') WHERE (EXISTS (SELECT 1 FROM account f, account t WHERE f.id = NEW.from_account_id AND t.id = NEW.to_account_id AND f.id <> t.id AND f.currency IS NEW.currency AND t.currency IS NEW.currency AND NEW.from_balance IS f.balance - NEW.amount AND NEW.to_balance IS t.balance + NEW.amount AND (f.house IN ('achievement', 'admin', 'business', 'daily_bonus', 'experience', 'play', 'rank_up', 'sale', 'start') OR NEW.from_balance >= 0) AND (f.house IS NULL OR f.house IN ('achievement', 'admin', 'business', 'daily_bonus', 'experience', 'play', 'rank_up', 'sale', 'start', 'trade_hold')) AND (t.house IS NULL OR t.house IN ('bazaar_fee', 'black_market', 'case', 'fine', 'operating_cost', 'reroll', 'shop', 'trade_hold', 'upkeep', 'workshop_fee') OR CASE WHEN t.house IS 'sale' THEN NEW.kind IS 'undo' AND EXISTS (SELECT 1 FROM undo u JOIN operation o ON o.id = u.operation_id JOIN transfer s ON s.operation_id = u.undone_id AND s.kind = 'sale' AND s.amount = NEW.amount WHERE u.operation_id = NEW.operation_id AND o.player_id = f.player_id) AND NOT EXISTS (SELECT 1 FROM transfer b WHERE b.operation_id = NEW.operation_id AND b.kind = 'undo') ELSE FALSE END))) IS NOT TRUE;
  SELECT RAISE(ABORT, 'transfer: nobody has more than there can be') WHERE (NEW.to_balance <= 9007199254740991 OR EXISTS (SELECT 1 FROM account t WHERE t.id = NEW.to_account_id AND t.house IS NOT NULL) OR ((NEW.kind = 'trade_hold') AND EXISTS (SELECT 1 FROM account f WHERE f.id = NEW.from_account_id AND f.house IN ('trade_hold')))) IS NOT TRUE;
  SELECT RAISE(ABORT, 'transfer: it belongs to no operation under way') WHERE (NEW.operation_id IS NOT NULL AND NEW.operation_id IS (SELECT id FROM operation ORDER BY id DESC LIMIT 1)) IS NOT TRUE;
END;
CREATE TRIGGER transfer_apply AFTER INSERT ON transfer
BEGIN
  SELECT RAISE(ABORT, 'transfer: lines are numbered from 1 without gaps') WHERE (NEW.id IS 1 OR EXISTS (SELECT 1 FROM transfer WHERE id IS NEW.id - 1)) IS NOT TRUE;
  UPDATE account SET balance = NEW.from_balance, last_transfer_id = NEW.id, lines = lines + 1, spent = spent + NEW.amount * (SELECT player_id IS NULL AND house IN ('bazaar_fee', 'black_market', 'case', 'fine', 'operating_cost', 'reroll', 'shop', 'upkeep', 'workshop_fee') FROM account WHERE id = NEW.to_account_id) WHERE id = NEW.from_account_id;
  UPDATE account SET balance = NEW.to_balance, last_transfer_id = NEW.id, lines = lines + 1 WHERE id = NEW.to_account_id;
END;
CREATE TRIGGER transfer_no_update BEFORE UPDATE ON transfer
BEGIN
  SELECT RAISE(ABORT, 'transfer: a journal is only added to');
END;
CREATE TRIGGER transfer_no_delete BEFORE DELETE ON transfer
BEGIN
  SELECT RAISE(ABORT, 'transfer: a journal is only added to');
END;
CREATE TRIGGER account_guard BEFORE INSERT ON account
BEGIN
  SELECT RAISE(ABORT, 'account: a line is never replaced') WHERE (NOT EXISTS (SELECT 1 FROM account WHERE id IS NEW.id)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'account: it begins empty') WHERE (NEW.balance IS 0 AND NEW.spent IS 0 AND NEW.lines IS 0 AND NEW.last_transfer_id IS 0) IS NOT TRUE;
  SELECT RAISE(ABORT, 'account: it is of a player or of the house, in a currency') WHERE ((NEW.currency = 'experience' OR NEW.currency = 'gems' OR NEW.currency = 'oranges') AND ((NEW.player_id IS NULL AND (NEW.house = 'achievement' OR NEW.house = 'admin' OR NEW.house = 'bazaar_fee' OR NEW.house = 'black_market' OR NEW.house = 'business' OR NEW.house = 'case' OR NEW.house = 'daily_bonus' OR NEW.house = 'experience' OR NEW.house = 'fine' OR NEW.house = 'operating_cost' OR NEW.house = 'play' OR NEW.house = 'rank_up' OR NEW.house = 'reroll' OR NEW.house = 'sale' OR NEW.house = 'shop' OR NEW.house = 'start' OR NEW.house = 'trade_hold' OR NEW.house = 'upkeep' OR NEW.house = 'workshop_fee')) OR (NEW.house IS NULL AND EXISTS (SELECT 1 FROM player WHERE id = NEW.player_id)))) IS NOT TRUE;
  SELECT RAISE(ABORT, 'account: its owner has it already') WHERE (NOT EXISTS (SELECT 1 FROM account WHERE player_id = NEW.player_id AND currency = NEW.currency) AND NOT EXISTS (SELECT 1 FROM account WHERE house = NEW.house AND currency = NEW.currency)) IS NOT TRUE;
END;
CREATE TRIGGER account_numbered AFTER INSERT ON account
BEGIN
  SELECT RAISE(ABORT, 'account: lines are numbered from 1 without gaps') WHERE (NEW.id IS 1 OR EXISTS (SELECT 1 FROM account WHERE id IS NEW.id - 1)) IS NOT TRUE;
END;
CREATE TRIGGER account_no_update BEFORE UPDATE ON account
BEGIN
  SELECT RAISE(ABORT, 'account: its owner and currency never change') WHERE (NOT (NEW.id IS NOT OLD.id OR NEW.player_id IS NOT OLD.player_id OR NEW.house IS NOT OLD.house OR NEW.currency IS NOT OLD.currency)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'account: only a transfer moves a balance') WHERE (NEW.last_transfer_id > OLD.last_transfer_id AND NEW.lines IS OLD.lines + 1 AND EXISTS (SELECT 1 FROM transfer t WHERE t.id = NEW.last_transfer_id AND ((t.from_account_id = NEW.id AND t.from_balance = NEW.balance AND NEW.spent IS OLD.spent + t.amount * (SELECT player_id IS NULL AND house IN ('bazaar_fee', 'black_market', 'case', 'fine', 'operating_cost', 'reroll', 'shop', 'upkeep', 'workshop_fee') FROM account WHERE id = t.to_account_id)) OR (t.to_account_id = NEW.id AND t.to_balance = NEW.balance AND NEW.spent IS OLD.spent)))) IS NOT TRUE;
END;
CREATE TRIGGER account_no_delete BEFORE DELETE ON account
BEGIN
  SELECT RAISE(ABORT, 'account: nothing is ever deleted');
END;
CREATE TRIGGER notification_guard BEFORE INSERT ON notification
BEGIN
  SELECT RAISE(ABORT, 'notification: a line is never replaced') WHERE (NOT EXISTS (SELECT 1 FROM notification WHERE id IS NEW.id)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'notification: it belongs to no operation under way') WHERE (NEW.operation_id IS NOT NULL AND NEW.operation_id IS (SELECT id FROM operation ORDER BY id DESC LIMIT 1)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'notification: it is there already') WHERE (NOT EXISTS (SELECT 1 FROM notification WHERE id IS NEW.id)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'notification: the line is not sound') WHERE (EXISTS (SELECT 1 FROM player WHERE id = NEW.player_id) AND NEW.seen IS 0 AND NEW.shown IS 0 AND (NEW.tone = 'error' OR NEW.tone = 'gift' OR NEW.tone = 'info' OR NEW.tone = 'success')) IS NOT TRUE;
END;
CREATE TRIGGER notification_apply AFTER INSERT ON notification
BEGIN
  SELECT RAISE(ABORT, 'notification: lines are numbered from 1 without gaps') WHERE (NEW.id IS 1 OR EXISTS (SELECT 1 FROM notification WHERE id IS NEW.id - 1)) IS NOT TRUE;
END;
CREATE TRIGGER notification_no_update BEFORE UPDATE ON notification
BEGIN
  SELECT RAISE(ABORT, 'notification: it is only shown and seen') WHERE (NOT (NEW.id IS NOT OLD.id OR NEW.operation_id IS NOT OLD.operation_id OR NEW.player_id IS NOT OLD.player_id OR NEW.at IS NOT OLD.at OR NEW.kind IS NOT OLD.kind OR NEW.tone IS NOT OLD.tone OR NEW.message IS NOT OLD.message OR NEW.place IS NOT OLD.place OR NEW.player_item_id IS NOT OLD.player_item_id) AND NEW.seen IN (0, 1) AND NEW.seen >= OLD.seen AND NEW.shown IN (0, 1) AND NEW.shown >= OLD.shown AND NEW.seen + NEW.shown > OLD.seen + OLD.shown) IS NOT TRUE;
END;
CREATE TRIGGER notification_no_delete BEFORE DELETE ON notification
BEGIN
  SELECT RAISE(ABORT, 'notification: nothing is ever deleted');
END;
CREATE TRIGGER friendship_guard BEFORE INSERT ON friendship
BEGIN
  SELECT RAISE(ABORT, 'friendship: a line is never replaced') WHERE (NOT EXISTS (SELECT 1 FROM friendship WHERE id IS NEW.id)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'friendship: it belongs to no operation under way') WHERE (NEW.operation_id IS NOT NULL AND NEW.operation_id IS (SELECT id FROM operation ORDER BY id DESC LIMIT 1)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'friendship: it is there already') WHERE (NOT EXISTS (SELECT 1 FROM friendship WHERE low_id IS NEW.low_id AND high_id IS NEW.high_id AND number IS NEW.number)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'friendship: the line is not sound') WHERE (NEW.low_id < NEW.high_id AND NEW.by_id IN (NEW.low_id, NEW.high_id) AND EXISTS (SELECT 1 FROM player WHERE id = NEW.low_id) AND EXISTS (SELECT 1 FROM player WHERE id = NEW.high_id) AND ((NEW.number IS 1 AND (SELECT f.number FROM friendship f WHERE f.low_id = NEW.low_id AND f.high_id = NEW.high_id ORDER BY f.number DESC LIMIT 1) IS NULL) OR NEW.number IS (SELECT f.number FROM friendship f WHERE f.low_id = NEW.low_id AND f.high_id = NEW.high_id ORDER BY f.number DESC LIMIT 1) + 1) AND ((NEW.event IS 'request' AND ((SELECT f.event FROM friendship f WHERE f.low_id = NEW.low_id AND f.high_id = NEW.high_id ORDER BY f.number DESC LIMIT 1) IS NULL OR (SELECT f.event FROM friendship f WHERE f.low_id = NEW.low_id AND f.high_id = NEW.high_id ORDER BY f.number DESC LIMIT 1) IN ('decline', 'remove'))) OR ((NEW.event = 'accept' OR NEW.event = 'decline') AND (SELECT f.event FROM friendship f WHERE f.low_id = NEW.low_id AND f.high_id = NEW.high_id ORDER BY f.number DESC LIMIT 1) IS 'request' AND (SELECT f.by_id FROM friendship f WHERE f.low_id = NEW.low_id AND f.high_id = NEW.high_id ORDER BY f.number DESC LIMIT 1) IS NOT NEW.by_id) OR (NEW.event IS 'remove' AND ((SELECT f.event FROM friendship f WHERE f.low_id = NEW.low_id AND f.high_id = NEW.high_id ORDER BY f.number DESC LIMIT 1) IS 'accept' OR ((SELECT f.event FROM friendship f WHERE f.low_id = NEW.low_id AND f.high_id = NEW.high_id ORDER BY f.number DESC LIMIT 1) IS 'request' AND (SELECT f.by_id FROM friendship f WHERE f.low_id = NEW.low_id AND f.high_id = NEW.high_id ORDER BY f.number DESC LIMIT 1) IS NEW.by_id))))) IS NOT TRUE;
END;
CREATE TRIGGER friendship_apply AFTER INSERT ON friendship
BEGIN
  SELECT RAISE(ABORT, 'friendship: lines are numbered from 1 without gaps') WHERE (NEW.id IS 1 OR EXISTS (SELECT 1 FROM friendship WHERE id IS NEW.id - 1)) IS NOT TRUE;
END;
CREATE TRIGGER friendship_no_update BEFORE UPDATE ON friendship
BEGIN
  SELECT RAISE(ABORT, 'friendship: a journal is only added to');
END;
CREATE TRIGGER friendship_no_delete BEFORE DELETE ON friendship
BEGIN
  SELECT RAISE(ABORT, 'friendship: a journal is only added to');
END;
CREATE TRIGGER gift_guard BEFORE INSERT ON gift
BEGIN
  SELECT RAISE(ABORT, 'gift: a line is never replaced') WHERE (NOT EXISTS (SELECT 1 FROM gift WHERE id IS NEW.id)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'gift: it belongs to no operation under way') WHERE (NEW.operation_id IS NOT NULL AND NEW.operation_id IS (SELECT id FROM operation ORDER BY id DESC LIMIT 1)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'gift: it is there already') WHERE (NOT EXISTS (SELECT 1 FROM gift WHERE id IS NEW.id)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'gift: the line is not sound') WHERE (NEW.giver_id IS NOT NEW.receiver_id AND ((SELECT f.event FROM friendship f WHERE f.low_id = NEW.giver_id AND f.high_id = NEW.receiver_id ORDER BY f.number DESC LIMIT 1) IS 'accept' OR (SELECT f.event FROM friendship f WHERE f.low_id = NEW.receiver_id AND f.high_id = NEW.giver_id ORDER BY f.number DESC LIMIT 1) IS 'accept') AND NEW.oranges >= 0 AND NEW.gems >= 0 AND (NEW.given_id IS NOT NULL) + (NEW.oranges > 0) + (NEW.gems > 0) IS 1 AND ((NEW.given_id IS NULL AND NEW.received_id IS NULL AND EXISTS (SELECT 1 FROM transfer t JOIN account f ON f.id = t.from_account_id JOIN account r ON r.id = t.to_account_id WHERE t.operation_id = NEW.operation_id AND f.player_id = NEW.giver_id AND r.player_id = NEW.receiver_id AND ((t.currency = 'oranges' AND t.amount = NEW.oranges) OR (t.currency = 'gems' AND t.amount = NEW.gems)))) OR (EXISTS (SELECT 1 FROM player_item n JOIN player_item o ON o.id = n.origin_id WHERE n.id = NEW.received_id AND o.id = NEW.given_id AND n.player_id = NEW.receiver_id AND o.player_id = NEW.giver_id AND o.status IS 'gifted') AND NOT EXISTS (SELECT 1 FROM gift g JOIN player_item r ON r.id = g.received_id WHERE g.given_id = NEW.given_id AND r.status IS NOT 'returned')))) IS NOT TRUE;
END;
CREATE TRIGGER gift_apply AFTER INSERT ON gift
BEGIN
  SELECT RAISE(ABORT, 'gift: lines are numbered from 1 without gaps') WHERE (NEW.id IS 1 OR EXISTS (SELECT 1 FROM gift WHERE id IS NEW.id - 1)) IS NOT TRUE;
END;
CREATE TRIGGER gift_no_update BEFORE UPDATE ON gift
BEGIN
  SELECT RAISE(ABORT, 'gift: a journal is only added to');
END;
CREATE TRIGGER gift_no_delete BEFORE DELETE ON gift
BEGIN
  SELECT RAISE(ABORT, 'gift: a journal is only added to');
END;
CREATE TRIGGER passphrase_guard BEFORE INSERT ON passphrase
BEGIN
  SELECT RAISE(ABORT, 'passphrase: a hash of a player who has none') WHERE (NEW.hash > '$argon2id$' AND NEW.hash < '$argon2id%' AND NEW.failures >= 0 AND EXISTS (SELECT 1 FROM player WHERE id = NEW.player_id) AND NOT EXISTS (SELECT 1 FROM passphrase WHERE player_id = NEW.player_id)) IS NOT TRUE;
END;
CREATE TRIGGER passphrase_no_update BEFORE UPDATE ON passphrase
BEGIN
  SELECT RAISE(ABORT, 'passphrase: it stays its player''s') WHERE (NEW.hash > '$argon2id$' AND NEW.hash < '$argon2id%' AND NEW.failures >= 0 AND NOT (NEW.player_id IS NOT OLD.player_id)) IS NOT TRUE;
END;
CREATE TRIGGER passphrase_no_delete BEFORE DELETE ON passphrase
BEGIN
  SELECT RAISE(ABORT, 'passphrase: nothing is ever deleted');
END;
CREATE TRIGGER settlement_guard BEFORE INSERT ON settlement
BEGIN
  SELECT RAISE(ABORT, 'settlement: a line is never replaced') WHERE (NOT EXISTS (SELECT 1 FROM settlement WHERE id IS NEW.id)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'settlement: it belongs to no operation under way') WHERE (NEW.operation_id IS NOT NULL AND NEW.operation_id IS (SELECT id FROM operation ORDER BY id DESC LIMIT 1)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'settlement: it is there already') WHERE (NOT EXISTS (SELECT 1 FROM settlement WHERE id IS NEW.id)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'settlement: the line is not sound') WHERE (EXISTS (SELECT 1 FROM player WHERE id = NEW.player_id) AND NEW.since <= NEW.until AND NOT EXISTS (SELECT 1 FROM settlement WHERE player_id = NEW.player_id AND until > NEW.since AND operation_id > coalesce((SELECT id FROM operation WHERE player_id IS NULL AND kind = 'clock' ORDER BY id DESC LIMIT 1), 0))) IS NOT TRUE;
END;
CREATE TRIGGER settlement_apply AFTER INSERT ON settlement
BEGIN
  SELECT RAISE(ABORT, 'settlement: lines are numbered from 1 without gaps') WHERE (NEW.id IS 1 OR EXISTS (SELECT 1 FROM settlement WHERE id IS NEW.id - 1)) IS NOT TRUE;
END;
CREATE TRIGGER settlement_no_update BEFORE UPDATE ON settlement
BEGIN
  SELECT RAISE(ABORT, 'settlement: a journal is only added to');
END;
CREATE TRIGGER settlement_no_delete BEFORE DELETE ON settlement
BEGIN
  SELECT RAISE(ABORT, 'settlement: a journal is only added to');
END;
CREATE TRIGGER income_guard BEFORE INSERT ON income
BEGIN
  SELECT RAISE(ABORT, 'income: a line is never replaced') WHERE (NOT EXISTS (SELECT 1 FROM income WHERE id IS NEW.id)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'income: it belongs to no operation under way') WHERE (NEW.operation_id IS NOT NULL AND NEW.operation_id IS (SELECT id FROM operation ORDER BY id DESC LIMIT 1)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'income: it is there already') WHERE (NOT EXISTS (SELECT 1 FROM income WHERE player_id IS NEW.player_id AND period IS NEW.period)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'income: the line is not sound') WHERE (EXISTS (SELECT 1 FROM player_item WHERE id = NEW.player_item_id AND player_id = NEW.player_id) AND NEW.revenue >= 0 AND NEW.cost >= 0) IS NOT TRUE;
END;
CREATE TRIGGER income_apply AFTER INSERT ON income
BEGIN
  SELECT RAISE(ABORT, 'income: lines are numbered from 1 without gaps') WHERE (NEW.id IS 1 OR EXISTS (SELECT 1 FROM income WHERE id IS NEW.id - 1)) IS NOT TRUE;
END;
CREATE TRIGGER income_no_update BEFORE UPDATE ON income
BEGIN
  SELECT RAISE(ABORT, 'income: a journal is only added to');
END;
CREATE TRIGGER income_no_delete BEFORE DELETE ON income
BEGIN
  SELECT RAISE(ABORT, 'income: a journal is only added to');
END;
CREATE TRIGGER upkeep_guard BEFORE INSERT ON upkeep
BEGIN
  SELECT RAISE(ABORT, 'upkeep: a line is never replaced') WHERE (NOT EXISTS (SELECT 1 FROM upkeep WHERE id IS NEW.id)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'upkeep: it belongs to no operation under way') WHERE (NEW.operation_id IS NOT NULL AND NEW.operation_id IS (SELECT id FROM operation ORDER BY id DESC LIMIT 1)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'upkeep: it is there already') WHERE (NOT EXISTS (SELECT 1 FROM upkeep WHERE player_id IS NEW.player_id AND day IS NEW.day)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'upkeep: the line is not sound') WHERE (EXISTS (SELECT 1 FROM player_item WHERE id = NEW.player_item_id AND player_id = NEW.player_id) AND NEW.due > 0 AND (NEW.state = 'due' OR NEW.state = 'evicted' OR NEW.state = 'paid') AND (NEW.state IS 'due') = (NEW.ended_by IS NULL) AND (NEW.ended_by IS NULL OR NEW.ended_by IS NEW.operation_id)) IS NOT TRUE;
END;
CREATE TRIGGER upkeep_apply AFTER INSERT ON upkeep
BEGIN
  SELECT RAISE(ABORT, 'upkeep: lines are numbered from 1 without gaps') WHERE (NEW.id IS 1 OR EXISTS (SELECT 1 FROM upkeep WHERE id IS NEW.id - 1)) IS NOT TRUE;
END;
CREATE TRIGGER upkeep_no_update BEFORE UPDATE ON upkeep
BEGIN
  SELECT RAISE(ABORT, 'upkeep: it is ended once, by the operation under way') WHERE (NOT (NEW.id IS NOT OLD.id OR NEW.operation_id IS NOT OLD.operation_id OR NEW.player_id IS NOT OLD.player_id OR NEW.day IS NOT OLD.day OR NEW.player_item_id IS NOT OLD.player_item_id OR NEW.due IS NOT OLD.due) AND OLD.state IS 'due' AND (NEW.state = 'evicted' OR NEW.state = 'paid') AND NEW.ended_by IS NOT NULL AND NEW.ended_by IS (SELECT id FROM operation ORDER BY id DESC LIMIT 1)) IS NOT TRUE;
END;
CREATE TRIGGER upkeep_no_delete BEFORE DELETE ON upkeep
BEGIN
  SELECT RAISE(ABORT, 'upkeep: nothing is ever deleted');
END;
CREATE TRIGGER roll_guard BEFORE INSERT ON roll
BEGIN
  SELECT RAISE(ABORT, 'roll: a line is never replaced') WHERE (NOT EXISTS (SELECT 1 FROM roll WHERE id IS NEW.id)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'roll: a ticket is 0 to 999999') WHERE (NEW.ticket BETWEEN 0 AND 999999) IS NOT TRUE;
  SELECT RAISE(ABORT, 'roll: not the next nonce of an active pair of the operation''s player') WHERE (EXISTS (SELECT 1 FROM seed_pair s JOIN operation o ON o.id = NEW.operation_id AND o.player_id = s.player_id WHERE s.id = NEW.seed_pair_id AND s.state = 'active' AND s.nonce IS NEW.nonce)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'roll: it belongs to no operation under way') WHERE (NEW.operation_id IS NOT NULL AND NEW.operation_id IS (SELECT id FROM operation ORDER BY id DESC LIMIT 1)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'roll: its counts begin at 0') WHERE (NEW.draw >= 0 AND NEW.since >= 0) IS NOT TRUE;
  SELECT RAISE(ABORT, 'roll: its odds table is kept') WHERE (NEW.entry >= 0 AND EXISTS (SELECT 1 FROM odds_table WHERE id = NEW.odds_table_id)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'roll: one thing of the player comes from one roll') WHERE (NEW.player_item_id IS NULL OR (NOT EXISTS (SELECT 1 FROM roll WHERE player_item_id = NEW.player_item_id) AND EXISTS (SELECT 1 FROM player_item p JOIN operation o ON o.player_id = p.player_id WHERE p.id = NEW.player_item_id AND o.id = NEW.operation_id))) IS NOT TRUE;
END;
CREATE TRIGGER roll_apply AFTER INSERT ON roll
BEGIN
  SELECT RAISE(ABORT, 'roll: lines are numbered from 1 without gaps') WHERE (NEW.id IS 1 OR EXISTS (SELECT 1 FROM roll WHERE id IS NEW.id - 1)) IS NOT TRUE;
  UPDATE seed_pair SET nonce = NEW.nonce + 1 WHERE id = NEW.seed_pair_id;
END;
CREATE TRIGGER roll_no_update BEFORE UPDATE ON roll
BEGIN
  SELECT RAISE(ABORT, 'roll: a journal is only added to');
END;
CREATE TRIGGER roll_no_delete BEFORE DELETE ON roll
BEGIN
  SELECT RAISE(ABORT, 'roll: a journal is only added to');
END;
CREATE TRIGGER seed_pair_guard BEFORE INSERT ON seed_pair
BEGIN
  SELECT RAISE(ABORT, 'seed_pair: a line is never replaced') WHERE (NOT EXISTS (SELECT 1 FROM seed_pair WHERE id IS NEW.id)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'seed_pair: no such player') WHERE (EXISTS (SELECT 1 FROM player WHERE id = NEW.player_id)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'seed_pair: a pair begins unused, as the next one; a player''s first is active') WHERE (NEW.nonce IS 0 AND NEW.retired_at IS NULL AND ((NEW.number IS 1 AND NEW.state IS 'active') OR (NEW.state IS 'next' AND NEW.number > 1 AND EXISTS (SELECT 1 FROM seed_pair WHERE player_id = NEW.player_id AND number = NEW.number - 1)))) IS NOT TRUE;
  SELECT RAISE(ABORT, 'seed_pair: one active and one next a player, each number once') WHERE (NOT EXISTS (SELECT 1 FROM seed_pair WHERE player_id = NEW.player_id AND number = NEW.number) AND NOT EXISTS (SELECT 1 FROM seed_pair WHERE player_id = NEW.player_id AND state = 'active' AND NEW.state = 'active') AND NOT EXISTS (SELECT 1 FROM seed_pair WHERE player_id = NEW.player_id AND state = 'next' AND NEW.state = 'next')) IS NOT TRUE;
END;
CREATE TRIGGER seed_pair_numbered AFTER INSERT ON seed_pair
BEGIN
  SELECT RAISE(ABORT, 'seed_pair: lines are numbered from 1 without gaps') WHERE (NEW.id IS 1 OR EXISTS (SELECT 1 FROM seed_pair WHERE id IS NEW.id - 1)) IS NOT TRUE;
END;
CREATE TRIGGER seed_pair_no_update BEFORE UPDATE ON seed_pair
BEGIN
  SELECT RAISE(ABORT, 'seed_pair: a commitment never changes') WHERE (NOT (NEW.id IS NOT OLD.id OR NEW.player_id IS NOT OLD.player_id OR NEW.number IS NOT OLD.number OR NEW.server_seed IS NOT OLD.server_seed OR NEW.server_seed_hash IS NOT OLD.server_seed_hash)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'seed_pair: it goes from next to active to retired') WHERE (NEW.state IS OLD.state OR (OLD.state = 'next' AND NEW.state IS 'active') OR (OLD.state = 'active' AND NEW.state IS 'retired')) IS NOT TRUE;
  SELECT RAISE(ABORT, 'seed_pair: one active pair a player') WHERE (NOT (OLD.state = 'next' AND NEW.state IS 'active') OR NOT EXISTS (SELECT 1 FROM seed_pair WHERE player_id = NEW.player_id AND state = 'active')) IS NOT TRUE;
  SELECT RAISE(ABORT, 'seed_pair: a client seed is set when the pair becomes active') WHERE (NEW.client_seed IS OLD.client_seed OR (OLD.state = 'next' AND NEW.state IS 'active')) IS NOT TRUE;
  SELECT RAISE(ABORT, 'seed_pair: it has a time of retiring when it retires') WHERE (((OLD.state = 'active' AND NEW.state IS 'retired') AND NEW.retired_at IS NOT NULL) OR (NOT (OLD.state = 'active' AND NEW.state IS 'retired') AND NEW.retired_at IS OLD.retired_at)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'seed_pair: only a roll moves the nonce') WHERE (NEW.nonce IS OLD.nonce OR (NEW.nonce IS OLD.nonce + 1 AND EXISTS (SELECT 1 FROM roll WHERE seed_pair_id = NEW.id AND nonce = OLD.nonce))) IS NOT TRUE;
END;
CREATE TRIGGER seed_pair_no_delete BEFORE DELETE ON seed_pair
BEGIN
  SELECT RAISE(ABORT, 'seed_pair: nothing is ever deleted');
END;
CREATE TRIGGER odds_table_guard BEFORE INSERT ON odds_table
BEGIN
  SELECT RAISE(ABORT, 'odds_table: a line is never replaced') WHERE (NOT EXISTS (SELECT 1 FROM odds_table WHERE id IS NEW.id)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'odds_table: it is kept already') WHERE (NOT EXISTS (SELECT 1 FROM odds_table WHERE hash = NEW.hash)) IS NOT TRUE;
END;
CREATE TRIGGER odds_table_numbered AFTER INSERT ON odds_table
BEGIN
  SELECT RAISE(ABORT, 'odds_table: lines are numbered from 1 without gaps') WHERE (NEW.id IS 1 OR EXISTS (SELECT 1 FROM odds_table WHERE id IS NEW.id - 1)) IS NOT TRUE;
END;
CREATE TRIGGER odds_table_no_update BEFORE UPDATE ON odds_table
BEGIN
  SELECT RAISE(ABORT, 'odds_table: a journal is only added to');
END;
CREATE TRIGGER odds_table_no_delete BEFORE DELETE ON odds_table
BEGIN
  SELECT RAISE(ABORT, 'odds_table: a journal is only added to');
END;
CREATE TRIGGER stock_guard BEFORE INSERT ON stock
BEGIN
  SELECT RAISE(ABORT, 'stock: it begins unsold, once an item') WHERE (NEW.sold IS 0 AND NEW.first BETWEEN 0 AND NEW.edition AND NOT EXISTS (SELECT 1 FROM stock WHERE item_id = NEW.item_id) AND EXISTS (SELECT 1 FROM item WHERE id = NEW.item_id)) IS NOT TRUE;
END;
CREATE TRIGGER stock_apply AFTER INSERT ON player_item WHEN (NEW.acquisition = 'bundle' OR NEW.acquisition = 'purchase')
BEGIN
  UPDATE stock SET sold = sold + 1 WHERE item_id = NEW.item_id;
END;
CREATE TRIGGER stock_no_update BEFORE UPDATE ON stock
BEGIN
  SELECT RAISE(ABORT, 'stock: only a purchase counts it down, and not below zero') WHERE (NOT (NEW.item_id IS NOT OLD.item_id OR NEW.edition IS NOT OLD.edition OR NEW.first IS NOT OLD.first) AND NEW.sold BETWEEN 0 AND NEW.first AND (NEW.sold IS OLD.sold OR NEW.sold IS (SELECT count(*) FROM player_item WHERE item_id = NEW.item_id AND acquisition IN ('bundle', 'purchase')))) IS NOT TRUE;
END;
CREATE TRIGGER stock_no_delete BEFORE DELETE ON stock
BEGIN
  SELECT RAISE(ABORT, 'stock: nothing is ever deleted');
END;
CREATE TRIGGER condition_guard BEFORE INSERT ON condition
BEGIN
  SELECT RAISE(ABORT, 'condition: a line is never replaced') WHERE (NOT EXISTS (SELECT 1 FROM condition WHERE id IS NEW.id)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'condition: it belongs to no operation under way') WHERE (NEW.operation_id IS NOT NULL AND NEW.operation_id IS (SELECT id FROM operation ORDER BY id DESC LIMIT 1)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'condition: it does not follow the last line') WHERE (EXISTS (SELECT 1 FROM player_item p WHERE p.id = NEW.player_item_id AND NEW.number IS p.condition + 1 AND ((NEW.uses IS p.uses - 1 AND NEW.uses >= 0 AND NEW.durability IS p.durability) OR (NEW.uses IS p.uses AND p.durability IS NOT NULL AND typeof(NEW.durability) = 'integer' AND NEW.durability >= 0)))) IS NOT TRUE;
END;
CREATE TRIGGER condition_apply AFTER INSERT ON condition
BEGIN
  SELECT RAISE(ABORT, 'condition: lines are numbered from 1 without gaps') WHERE (NEW.id IS 1 OR EXISTS (SELECT 1 FROM condition WHERE id IS NEW.id - 1)) IS NOT TRUE;
  UPDATE player_item SET uses = NEW.uses, durability = NEW.durability, condition = NEW.number WHERE id = NEW.player_item_id;
END;
CREATE TRIGGER condition_no_update BEFORE UPDATE ON condition
BEGIN
  SELECT RAISE(ABORT, 'condition: a journal is only added to');
END;
CREATE TRIGGER condition_no_delete BEFORE DELETE ON condition
BEGIN
  SELECT RAISE(ABORT, 'condition: a journal is only added to');
END;
CREATE TRIGGER effect_guard BEFORE INSERT ON effect
BEGIN
  SELECT RAISE(ABORT, 'effect: a line is never replaced') WHERE (NOT EXISTS (SELECT 1 FROM effect WHERE id IS NEW.id)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'effect: it belongs to no operation under way') WHERE (NEW.operation_id IS NOT NULL AND NEW.operation_id IS (SELECT id FROM operation ORDER BY id DESC LIMIT 1)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'effect: it begins, from one player on another') WHERE (NEW.ended_by IS NULL AND (NEW.kind = 'fed' OR NEW.kind = 'splat') AND EXISTS (SELECT 1 FROM player WHERE id = NEW.player_id) AND EXISTS (SELECT 1 FROM player WHERE id = NEW.by_player_id)) IS NOT TRUE;
END;
CREATE TRIGGER effect_numbered AFTER INSERT ON effect
BEGIN
  SELECT RAISE(ABORT, 'effect: lines are numbered from 1 without gaps') WHERE (NEW.id IS 1 OR EXISTS (SELECT 1 FROM effect WHERE id IS NEW.id - 1)) IS NOT TRUE;
END;
CREATE TRIGGER effect_no_update BEFORE UPDATE ON effect
BEGIN
  SELECT RAISE(ABORT, 'effect: it is ended once, by an operation') WHERE (NOT (NEW.id IS NOT OLD.id OR NEW.operation_id IS NOT OLD.operation_id OR NEW.player_id IS NOT OLD.player_id OR NEW.by_player_id IS NOT OLD.by_player_id OR NEW.kind IS NOT OLD.kind OR NEW.until IS NOT OLD.until) AND OLD.ended_by IS NULL AND EXISTS (SELECT 1 FROM operation WHERE id = NEW.ended_by)) IS NOT TRUE;
END;
CREATE TRIGGER effect_no_delete BEFORE DELETE ON effect
BEGIN
  SELECT RAISE(ABORT, 'effect: nothing is ever deleted');
END;
CREATE TRIGGER visit_guard BEFORE INSERT ON visit
BEGIN
  SELECT RAISE(ABORT, 'visit: a line is never replaced') WHERE (NOT EXISTS (SELECT 1 FROM visit WHERE id IS NEW.id)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'visit: it belongs to no operation under way') WHERE (NEW.operation_id IS NOT NULL AND NEW.operation_id IS (SELECT id FROM operation ORDER BY id DESC LIMIT 1)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'visit: somebody visits somebody else') WHERE (NEW.visitor_id IS NOT NEW.host_id AND EXISTS (SELECT 1 FROM player WHERE id = NEW.host_id)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'visit: it is the operation of its visitor, once') WHERE (EXISTS (SELECT 1 FROM operation WHERE id = NEW.operation_id AND player_id = NEW.visitor_id) AND NOT EXISTS (SELECT 1 FROM visit WHERE operation_id = NEW.operation_id)) IS NOT TRUE;
END;
CREATE TRIGGER visit_numbered AFTER INSERT ON visit
BEGIN
  SELECT RAISE(ABORT, 'visit: lines are numbered from 1 without gaps') WHERE (NEW.id IS 1 OR EXISTS (SELECT 1 FROM visit WHERE id IS NEW.id - 1)) IS NOT TRUE;
END;
CREATE TRIGGER visit_no_update BEFORE UPDATE ON visit
BEGIN
  SELECT RAISE(ABORT, 'visit: a journal is only added to');
END;
CREATE TRIGGER visit_no_delete BEFORE DELETE ON visit
BEGIN
  SELECT RAISE(ABORT, 'visit: a journal is only added to');
END;
CREATE TRIGGER neighbour_guard BEFORE INSERT ON neighbour
BEGIN
  SELECT RAISE(ABORT, 'neighbour: it is there already') WHERE (NOT EXISTS (SELECT 1 FROM neighbour WHERE id IS NEW.id)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'neighbour: it is there already') WHERE (NOT EXISTS (SELECT 1 FROM neighbour WHERE slug IS NEW.slug)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'neighbour: it has yet to move in') WHERE (NEW.player_id IS NULL) IS NOT TRUE;
END;
CREATE TRIGGER neighbour_no_update BEFORE UPDATE ON neighbour
BEGIN
  SELECT RAISE(ABORT, 'neighbour: it moves in once, as a player of its own') WHERE (NOT (NEW.id IS NOT OLD.id OR NEW.slug IS NOT OLD.slug) AND (NEW.player_id IS OLD.player_id OR (OLD.player_id IS NULL AND EXISTS (SELECT 1 FROM player WHERE id = NEW.player_id) AND NOT EXISTS (SELECT 1 FROM neighbour WHERE player_id = NEW.player_id)))) IS NOT TRUE;
END;
CREATE TRIGGER neighbour_no_delete BEFORE DELETE ON neighbour
BEGIN
  SELECT RAISE(ABORT, 'neighbour: nothing is ever deleted');
END;
CREATE TRIGGER shift_guard BEFORE INSERT ON shift
BEGIN
  SELECT RAISE(ABORT, 'shift: a line is never replaced') WHERE (NOT EXISTS (SELECT 1 FROM shift WHERE id IS NEW.id)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'shift: it belongs to no operation under way') WHERE (NEW.operation_id IS NOT NULL AND NEW.operation_id IS (SELECT id FROM operation ORDER BY id DESC LIMIT 1)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'shift: it is there already') WHERE (NOT EXISTS (SELECT 1 FROM shift WHERE player_id IS NEW.player_id AND day IS NEW.day AND number IS NEW.number)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'shift: the line is not sound') WHERE (EXISTS (SELECT 1 FROM player WHERE id = NEW.player_id) AND NEW.skill BETWEEN 0 AND 100 AND NEW.rest >= 0 AND NEW.number IS 1 + (SELECT count(*) FROM shift WHERE player_id = NEW.player_id AND day = NEW.day) AND (NEW.player_item_id IS NULL OR EXISTS (SELECT 1 FROM player_item WHERE id = NEW.player_item_id AND player_id = NEW.player_id))) IS NOT TRUE;
END;
CREATE TRIGGER shift_apply AFTER INSERT ON shift
BEGIN
  SELECT RAISE(ABORT, 'shift: lines are numbered from 1 without gaps') WHERE (NEW.id IS 1 OR EXISTS (SELECT 1 FROM shift WHERE id IS NEW.id - 1)) IS NOT TRUE;
END;
CREATE TRIGGER shift_no_update BEFORE UPDATE ON shift
BEGIN
  SELECT RAISE(ABORT, 'shift: a journal is only added to');
END;
CREATE TRIGGER shift_no_delete BEFORE DELETE ON shift
BEGIN
  SELECT RAISE(ABORT, 'shift: a journal is only added to');
END;
CREATE TRIGGER daily_bonus_guard BEFORE INSERT ON daily_bonus
BEGIN
  SELECT RAISE(ABORT, 'daily_bonus: a line is never replaced') WHERE (NOT EXISTS (SELECT 1 FROM daily_bonus WHERE id IS NEW.id)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'daily_bonus: it belongs to no operation under way') WHERE (NEW.operation_id IS NOT NULL AND NEW.operation_id IS (SELECT id FROM operation ORDER BY id DESC LIMIT 1)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'daily_bonus: it is there already') WHERE (NOT EXISTS (SELECT 1 FROM daily_bonus WHERE player_id IS NEW.player_id AND day IS NEW.day)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'daily_bonus: the line is not sound') WHERE (EXISTS (SELECT 1 FROM player WHERE id = NEW.player_id) AND NEW.streak > 0) IS NOT TRUE;
END;
CREATE TRIGGER daily_bonus_apply AFTER INSERT ON daily_bonus
BEGIN
  SELECT RAISE(ABORT, 'daily_bonus: lines are numbered from 1 without gaps') WHERE (NEW.id IS 1 OR EXISTS (SELECT 1 FROM daily_bonus WHERE id IS NEW.id - 1)) IS NOT TRUE;
END;
CREATE TRIGGER daily_bonus_no_update BEFORE UPDATE ON daily_bonus
BEGIN
  SELECT RAISE(ABORT, 'daily_bonus: a journal is only added to');
END;
CREATE TRIGGER daily_bonus_no_delete BEFORE DELETE ON daily_bonus
BEGIN
  SELECT RAISE(ABORT, 'daily_bonus: a journal is only added to');
END;
CREATE TRIGGER robbery_guard BEFORE INSERT ON robbery
BEGIN
  SELECT RAISE(ABORT, 'robbery: a line is never replaced') WHERE (NOT EXISTS (SELECT 1 FROM robbery WHERE id IS NEW.id)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'robbery: it belongs to no operation under way') WHERE (NEW.operation_id IS NOT NULL AND NEW.operation_id IS (SELECT id FROM operation ORDER BY id DESC LIMIT 1)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'robbery: it is there already') WHERE (NOT EXISTS (SELECT 1 FROM robbery WHERE id IS NEW.id)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'robbery: the line is not sound') WHERE (EXISTS (SELECT 1 FROM player WHERE id = NEW.robber_id) AND EXISTS (SELECT 1 FROM player WHERE id = NEW.victim_id) AND NEW.robber_id IS NOT NEW.victim_id AND NEW.chance BETWEEN 0 AND 100 AND (NEW.success IS 0 OR NEW.success IS 1) AND NEW.oranges >= 0 AND (NEW.halved IS NULL) IS (NEW.roll_id IS NULL) AND coalesce(NEW.halved, 0) >= 0 AND (NEW.stolen_id IS NULL OR EXISTS (SELECT 1 FROM player_item n JOIN player_item o ON o.id = n.origin_id WHERE n.id = NEW.stolen_id AND n.player_id = NEW.robber_id AND o.player_id = NEW.victim_id)) AND ((NEW.period IS NULL AND EXISTS (SELECT 1 FROM roll r JOIN seed_pair s ON s.id = r.seed_pair_id WHERE r.id = NEW.roll_id AND s.player_id = NEW.robber_id AND r.operation_id = NEW.operation_id) AND NOT EXISTS (SELECT 1 FROM robbery WHERE roll_id = NEW.roll_id)) OR (NEW.roll_id IS NULL AND NEW.period IS NOT NULL AND EXISTS (SELECT 1 FROM neighbour WHERE player_id = NEW.robber_id) AND NOT EXISTS (SELECT 1 FROM robbery WHERE victim_id = NEW.victim_id AND period = NEW.period)))) IS NOT TRUE;
END;
CREATE TRIGGER robbery_apply AFTER INSERT ON robbery
BEGIN
  SELECT RAISE(ABORT, 'robbery: lines are numbered from 1 without gaps') WHERE (NEW.id IS 1 OR EXISTS (SELECT 1 FROM robbery WHERE id IS NEW.id - 1)) IS NOT TRUE;
END;
CREATE TRIGGER robbery_no_update BEFORE UPDATE ON robbery
BEGIN
  SELECT RAISE(ABORT, 'robbery: a journal is only added to');
END;
CREATE TRIGGER robbery_no_delete BEFORE DELETE ON robbery
BEGIN
  SELECT RAISE(ABORT, 'robbery: a journal is only added to');
END;
CREATE TRIGGER trade_guard BEFORE INSERT ON trade
BEGIN
  SELECT RAISE(ABORT, 'trade: a line is never replaced') WHERE (NOT EXISTS (SELECT 1 FROM trade WHERE id IS NEW.id)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'trade: it belongs to no operation under way') WHERE (NEW.operation_id IS NOT NULL AND NEW.operation_id IS (SELECT id FROM operation ORDER BY id DESC LIMIT 1)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'trade: it is there already') WHERE (NOT EXISTS (SELECT 1 FROM trade WHERE id IS NEW.id)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'trade: the line is not sound') WHERE (NEW.state IS 'open' AND NEW.ended_by IS NULL AND NEW.answer IS '' AND NEW.proposer_id IS NOT NEW.partner_id AND NEW.until > NEW.at AND EXISTS (SELECT 1 FROM player WHERE id = NEW.proposer_id) AND EXISTS (SELECT 1 FROM player WHERE id = NEW.partner_id) AND NEW.proposer_oranges >= 0 AND NEW.partner_oranges >= 0 AND (NEW.proposer_oranges IS 0 OR NEW.proposer_oranges + (SELECT coalesce(sum(o.proposer_oranges), 0) FROM trade o WHERE +o.proposer_id = NEW.proposer_id AND o.state = 'open' AND o.operation_id = NEW.operation_id) = (SELECT coalesce(sum(t.amount), 0) FROM transfer t JOIN account f ON f.id = t.from_account_id JOIN account r ON r.id = t.to_account_id WHERE t.operation_id = NEW.operation_id AND t.currency = 'oranges' AND f.player_id = NEW.proposer_id AND r.house = 'trade_hold')) AND (NEW.counter_of IS NULL OR EXISTS (SELECT 1 FROM trade c WHERE c.id = NEW.counter_of AND c.proposer_id = NEW.partner_id AND c.partner_id = NEW.proposer_id AND c.state = 'countered' AND c.ended_by = NEW.operation_id))) IS NOT TRUE;
END;
CREATE TRIGGER trade_apply AFTER INSERT ON trade
BEGIN
  SELECT RAISE(ABORT, 'trade: lines are numbered from 1 without gaps') WHERE (NEW.id IS 1 OR EXISTS (SELECT 1 FROM trade WHERE id IS NEW.id - 1)) IS NOT TRUE;
END;
CREATE TRIGGER trade_no_update BEFORE UPDATE ON trade
BEGIN
  SELECT RAISE(ABORT, 'trade: it ends once, and then nothing of it is held') WHERE (NOT (NEW.id IS NOT OLD.id OR NEW.operation_id IS NOT OLD.operation_id OR NEW.proposer_id IS NOT OLD.proposer_id OR NEW.partner_id IS NOT OLD.partner_id OR NEW.proposer_oranges IS NOT OLD.proposer_oranges OR NEW.partner_oranges IS NOT OLD.partner_oranges OR NEW.message IS NOT OLD.message OR NEW.counter_of IS NOT OLD.counter_of) AND OLD.state IS 'open' AND ((NOT (NEW.at IS NOT OLD.at OR NEW.until IS NOT OLD.until) AND NEW.ended_by IS (SELECT id FROM operation ORDER BY id DESC LIMIT 1) AND NEW.ended_by IS NOT OLD.operation_id AND ((NEW.state IS 'accepted' AND NOT EXISTS (SELECT 1 FROM trade_thing t JOIN player_item p ON p.id = t.player_item_id WHERE t.trade_id = OLD.id AND (p.status IS NOT 'traded' OR NOT EXISTS (SELECT 1 FROM move m WHERE m.player_item_id = p.id AND m.version = p.version AND m.operation_id = (SELECT id FROM operation ORDER BY id DESC LIMIT 1)) OR NOT EXISTS (SELECT 1 FROM player_item n WHERE n.origin_id = p.id AND n.status IS NOT 'returned' AND n.player_id IS (CASE t.side WHEN 'proposer' THEN OLD.partner_id ELSE OLD.proposer_id END)))) AND NOT EXISTS (SELECT 1 FROM trade o WHERE o.partner_id = OLD.partner_id AND o.state = 'accepted' AND o.ended_by = (SELECT id FROM operation ORDER BY id DESC LIMIT 1)) AND (OLD.proposer_oranges IS 0 OR EXISTS (SELECT 1 FROM transfer t JOIN account f ON f.id = t.from_account_id JOIN account r ON r.id = t.to_account_id WHERE t.operation_id = (SELECT id FROM operation ORDER BY id DESC LIMIT 1) AND t.currency = 'oranges' AND t.amount = OLD.proposer_oranges AND f.house = 'trade_hold' AND r.player_id = OLD.partner_id)) AND (OLD.partner_oranges IS 0 OR EXISTS (SELECT 1 FROM transfer t JOIN account f ON f.id = t.from_account_id JOIN account r ON r.id = t.to_account_id WHERE t.operation_id = (SELECT id FROM operation ORDER BY id DESC LIMIT 1) AND t.currency = 'oranges' AND t.amount = OLD.partner_oranges AND f.player_id = OLD.partner_id AND r.player_id = OLD.proposer_id))) OR ((NEW.state = 'countered' OR NEW.state = 'declined' OR NEW.state = 'expired' OR NEW.state = 'taken_back') AND NOT EXISTS (SELECT 1 FROM trade_thing t JOIN player_item p ON p.id = t.player_item_id WHERE t.trade_id = OLD.id AND t.side = 'proposer' AND NOT EXISTS (SELECT 1 FROM player_item p JOIN move m ON m.player_item_id = p.id AND m.version = p.version WHERE p.id = p.id AND p.player_id = OLD.proposer_id AND p.status = 'owned' AND m.event = 'take_back' AND m.operation_id = (SELECT id FROM operation ORDER BY id DESC LIMIT 1))) AND (OLD.proposer_oranges IS 0 OR OLD.proposer_oranges + (SELECT coalesce(sum(o.proposer_oranges), 0) FROM trade o WHERE o.proposer_id = OLD.proposer_id AND (o.state = 'countered' OR o.state = 'declined' OR o.state = 'expired' OR o.state = 'taken_back') AND o.ended_by = (SELECT id FROM operation ORDER BY id DESC LIMIT 1)) = (SELECT coalesce(sum(t.amount), 0) FROM transfer t JOIN account f ON f.id = t.from_account_id JOIN account r ON r.id = t.to_account_id WHERE t.operation_id = (SELECT id FROM operation ORDER BY id DESC LIMIT 1) AND t.currency = 'oranges' AND f.house = 'trade_hold' AND r.player_id = OLD.proposer_id))))) OR (NOT (NEW.state IS NOT OLD.state OR NEW.answer IS NOT OLD.answer OR NEW.ended_by IS NOT OLD.ended_by) AND EXISTS (SELECT 1 FROM operation o WHERE o.id = (SELECT id FROM operation ORDER BY id DESC LIMIT 1) AND o.kind = 'clock' AND OLD.at > o.at AND NEW.at IS o.at AND NEW.until IS o.at + OLD.until - OLD.at)))) IS NOT TRUE;
END;
CREATE TRIGGER trade_no_delete BEFORE DELETE ON trade
BEGIN
  SELECT RAISE(ABORT, 'trade: nothing is ever deleted');
END;
CREATE TRIGGER trade_thing_guard BEFORE INSERT ON trade_thing
BEGIN
  SELECT RAISE(ABORT, 'trade_thing: a line is never replaced') WHERE (NOT EXISTS (SELECT 1 FROM trade_thing WHERE id IS NEW.id)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'trade_thing: it belongs to no operation under way') WHERE (NEW.operation_id IS NOT NULL AND NEW.operation_id IS (SELECT id FROM operation ORDER BY id DESC LIMIT 1)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'trade_thing: it is there already') WHERE (NOT EXISTS (SELECT 1 FROM trade_thing WHERE trade_id IS NEW.trade_id AND player_item_id IS NEW.player_item_id)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'trade_thing: the line is not sound') WHERE (EXISTS (SELECT 1 FROM trade t WHERE t.id = NEW.trade_id AND t.operation_id = NEW.operation_id AND ((NEW.side IS 'proposer' AND EXISTS (SELECT 1 FROM player_item p JOIN move m ON m.player_item_id = p.id AND m.version = p.version WHERE p.id = NEW.player_item_id AND p.player_id = t.proposer_id AND p.status = 'offered' AND m.event = 'offer' AND m.operation_id = NEW.operation_id)) OR (NEW.side IS 'partner' AND EXISTS (SELECT 1 FROM player_item p WHERE p.id = NEW.player_item_id AND p.player_id = t.partner_id AND p.status = 'owned'))))) IS NOT TRUE;
END;
CREATE TRIGGER trade_thing_apply AFTER INSERT ON trade_thing
BEGIN
  SELECT RAISE(ABORT, 'trade_thing: lines are numbered from 1 without gaps') WHERE (NEW.id IS 1 OR EXISTS (SELECT 1 FROM trade_thing WHERE id IS NEW.id - 1)) IS NOT TRUE;
END;
CREATE TRIGGER trade_thing_no_update BEFORE UPDATE ON trade_thing
BEGIN
  SELECT RAISE(ABORT, 'trade_thing: a journal is only added to');
END;
CREATE TRIGGER trade_thing_no_delete BEFORE DELETE ON trade_thing
BEGIN
  SELECT RAISE(ABORT, 'trade_thing: a journal is only added to');
END;
CREATE TRIGGER undo_guard BEFORE INSERT ON undo
BEGIN
  SELECT RAISE(ABORT, 'undo: a line is never replaced') WHERE (NOT EXISTS (SELECT 1 FROM undo WHERE id IS NEW.id)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'undo: it belongs to no operation under way') WHERE (NEW.operation_id IS NOT NULL AND NEW.operation_id IS (SELECT id FROM operation ORDER BY id DESC LIMIT 1)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'undo: it is there already') WHERE (NOT EXISTS (SELECT 1 FROM undo WHERE undone_id IS NEW.undone_id)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'undo: the line is not sound') WHERE (NOT EXISTS (SELECT 1 FROM undo WHERE operation_id = NEW.operation_id) AND EXISTS (SELECT 1 FROM operation n JOIN operation o ON o.player_id = n.player_id WHERE n.id = NEW.operation_id AND n.kind = 'undo' AND o.id = NEW.undone_id AND o.id < n.id AND (o.kind = 'discard' OR o.kind = 'gift' OR o.kind = 'list' OR o.kind = 'sell'))) IS NOT TRUE;
END;
CREATE TRIGGER undo_apply AFTER INSERT ON undo
BEGIN
  SELECT RAISE(ABORT, 'undo: lines are numbered from 1 without gaps') WHERE (NEW.id IS 1 OR EXISTS (SELECT 1 FROM undo WHERE id IS NEW.id - 1)) IS NOT TRUE;
END;
CREATE TRIGGER undo_no_update BEFORE UPDATE ON undo
BEGIN
  SELECT RAISE(ABORT, 'undo: a journal is only added to');
END;
CREATE TRIGGER undo_no_delete BEFORE DELETE ON undo
BEGIN
  SELECT RAISE(ABORT, 'undo: a journal is only added to');
END;
CREATE TRIGGER withdrawal_guard BEFORE INSERT ON withdrawal
BEGIN
  SELECT RAISE(ABORT, 'withdrawal: a line is never replaced') WHERE (NOT EXISTS (SELECT 1 FROM withdrawal WHERE id IS NEW.id)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'withdrawal: it belongs to no operation under way') WHERE (NEW.operation_id IS NOT NULL AND NEW.operation_id IS (SELECT id FROM operation ORDER BY id DESC LIMIT 1)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'withdrawal: it is there already') WHERE (NOT EXISTS (SELECT 1 FROM withdrawal WHERE player_item_id IS NEW.player_item_id)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'withdrawal: the line is not sound') WHERE (NEW.state IS 'pending' AND NEW.delivered_by IS NULL AND NEW.path IS '' AND EXISTS (SELECT 1 FROM player_item p JOIN move m ON m.player_item_id = p.id AND m.operation_id = NEW.operation_id AND m.event = 'withdraw' WHERE p.id = NEW.player_item_id AND p.player_id = NEW.player_id)) IS NOT TRUE;
END;
CREATE TRIGGER withdrawal_apply AFTER INSERT ON withdrawal
BEGIN
  SELECT RAISE(ABORT, 'withdrawal: lines are numbered from 1 without gaps') WHERE (NEW.id IS 1 OR EXISTS (SELECT 1 FROM withdrawal WHERE id IS NEW.id - 1)) IS NOT TRUE;
END;
CREATE TRIGGER withdrawal_no_update BEFORE UPDATE ON withdrawal
BEGIN
  SELECT RAISE(ABORT, 'withdrawal: it is delivered once, by the operation under way') WHERE (NOT (NEW.id IS NOT OLD.id OR NEW.operation_id IS NOT OLD.operation_id OR NEW.player_id IS NOT OLD.player_id OR NEW.player_item_id IS NOT OLD.player_item_id OR NEW.at IS NOT OLD.at OR NEW.details IS NOT OLD.details) AND OLD.state IS 'pending' AND NEW.state IS 'delivered' AND NEW.path IS NOT '' AND NEW.delivered_by IS NOT NULL AND NEW.delivered_by IS (SELECT id FROM operation ORDER BY id DESC LIMIT 1)) IS NOT TRUE;
END;
CREATE TRIGGER withdrawal_no_delete BEFORE DELETE ON withdrawal
BEGIN
  SELECT RAISE(ABORT, 'withdrawal: nothing is ever deleted');
END;
CREATE TRIGGER fusion_guard BEFORE INSERT ON fusion
BEGIN
  SELECT RAISE(ABORT, 'fusion: a line is never replaced') WHERE (NOT EXISTS (SELECT 1 FROM fusion WHERE id IS NEW.id)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'fusion: it belongs to no operation under way') WHERE (NEW.operation_id IS NOT NULL AND NEW.operation_id IS (SELECT id FROM operation ORDER BY id DESC LIMIT 1)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'fusion: it is there already') WHERE (NOT EXISTS (SELECT 1 FROM fusion WHERE roll_id IS NEW.roll_id)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'fusion: the line is not sound') WHERE ((NEW.rarity = 'common' OR NEW.rarity = 'epic' OR NEW.rarity = 'rare' OR NEW.rarity = 'uncommon') AND NEW.fee > 0 AND NEW.inputs > 0 AND EXISTS (SELECT 1 FROM roll r JOIN seed_pair s ON s.id = r.seed_pair_id WHERE r.id = NEW.roll_id AND r.operation_id = NEW.operation_id AND r.purpose IS 'workshop' AND r.player_item_id IS NOT NULL AND s.player_id = NEW.player_id) AND (NEW.fee IS 0 OR EXISTS (SELECT 1 FROM transfer t JOIN account f ON f.id = t.from_account_id JOIN account r ON r.id = t.to_account_id WHERE t.operation_id = NEW.operation_id AND t.currency = 'oranges' AND t.amount = NEW.fee AND f.player_id = NEW.player_id AND r.house = 'workshop_fee'))) IS NOT TRUE;
END;
CREATE TRIGGER fusion_apply AFTER INSERT ON fusion
BEGIN
  SELECT RAISE(ABORT, 'fusion: lines are numbered from 1 without gaps') WHERE (NEW.id IS 1 OR EXISTS (SELECT 1 FROM fusion WHERE id IS NEW.id - 1)) IS NOT TRUE;
END;
CREATE TRIGGER fusion_no_update BEFORE UPDATE ON fusion
BEGIN
  SELECT RAISE(ABORT, 'fusion: a journal is only added to');
END;
CREATE TRIGGER fusion_no_delete BEFORE DELETE ON fusion
BEGIN
  SELECT RAISE(ABORT, 'fusion: a journal is only added to');
END;
CREATE TRIGGER fusion_input_guard BEFORE INSERT ON fusion_input
BEGIN
  SELECT RAISE(ABORT, 'fusion_input: a line is never replaced') WHERE (NOT EXISTS (SELECT 1 FROM fusion_input WHERE id IS NEW.id)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'fusion_input: it belongs to no operation under way') WHERE (NEW.operation_id IS NOT NULL AND NEW.operation_id IS (SELECT id FROM operation ORDER BY id DESC LIMIT 1)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'fusion_input: it is there already') WHERE (NOT EXISTS (SELECT 1 FROM fusion_input WHERE player_item_id IS NEW.player_item_id)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'fusion_input: the line is not sound') WHERE (EXISTS (SELECT 1 FROM fusion f WHERE f.id = NEW.fusion_id AND f.operation_id = NEW.operation_id AND (SELECT count(*) FROM fusion_input WHERE fusion_id = NEW.fusion_id) < f.inputs AND EXISTS (SELECT 1 FROM player_item p JOIN move m ON m.player_item_id = p.id AND m.version = p.version WHERE p.id = NEW.player_item_id AND p.player_id = f.player_id AND p.status = 'fused' AND m.event = 'fuse' AND m.operation_id = NEW.operation_id))) IS NOT TRUE;
END;
CREATE TRIGGER fusion_input_apply AFTER INSERT ON fusion_input
BEGIN
  SELECT RAISE(ABORT, 'fusion_input: lines are numbered from 1 without gaps') WHERE (NEW.id IS 1 OR EXISTS (SELECT 1 FROM fusion_input WHERE id IS NEW.id - 1)) IS NOT TRUE;
END;
CREATE TRIGGER fusion_input_no_update BEFORE UPDATE ON fusion_input
BEGIN
  SELECT RAISE(ABORT, 'fusion_input: a journal is only added to');
END;
CREATE TRIGGER fusion_input_no_delete BEFORE DELETE ON fusion_input
BEGIN
  SELECT RAISE(ABORT, 'fusion_input: a journal is only added to');
END;
CREATE TRIGGER completion_guard BEFORE INSERT ON completion
BEGIN
  SELECT RAISE(ABORT, 'completion: a line is never replaced') WHERE (NOT EXISTS (SELECT 1 FROM completion WHERE id IS NEW.id)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'completion: it belongs to no operation under way') WHERE (NEW.operation_id IS NOT NULL AND NEW.operation_id IS (SELECT id FROM operation ORDER BY id DESC LIMIT 1)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'completion: it is there already') WHERE (NOT EXISTS (SELECT 1 FROM completion WHERE player_id IS NEW.player_id AND case_id IS NEW.case_id)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'completion: the line is not sound') WHERE (EXISTS (SELECT 1 FROM player WHERE id = NEW.player_id) AND NEW.oranges >= 0 AND NEW.gems >= 0 AND EXISTS (SELECT 1 FROM case_box WHERE id = NEW.case_id)) IS NOT TRUE;
END;
CREATE TRIGGER completion_apply AFTER INSERT ON completion
BEGIN
  SELECT RAISE(ABORT, 'completion: lines are numbered from 1 without gaps') WHERE (NEW.id IS 1 OR EXISTS (SELECT 1 FROM completion WHERE id IS NEW.id - 1)) IS NOT TRUE;
END;
CREATE TRIGGER completion_no_update BEFORE UPDATE ON completion
BEGIN
  SELECT RAISE(ABORT, 'completion: a journal is only added to');
END;
CREATE TRIGGER completion_no_delete BEFORE DELETE ON completion
BEGIN
  SELECT RAISE(ABORT, 'completion: a journal is only added to');
END;
CREATE TRIGGER counted_piece_guard BEFORE INSERT ON counted_piece
BEGIN
  SELECT RAISE(ABORT, 'counted_piece: a line is never replaced') WHERE (NOT EXISTS (SELECT 1 FROM counted_piece WHERE id IS NEW.id)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'counted_piece: it belongs to no operation under way') WHERE (NEW.operation_id IS NOT NULL AND NEW.operation_id IS (SELECT id FROM operation ORDER BY id DESC LIMIT 1)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'counted_piece: it is there already') WHERE (NOT EXISTS (SELECT 1 FROM counted_piece WHERE player_item_id IS NEW.player_item_id)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'counted_piece: the line is not sound') WHERE (EXISTS (SELECT 1 FROM player_item p JOIN completion c ON c.id = NEW.completion_id WHERE p.id = NEW.player_item_id AND (EXISTS (SELECT 1 FROM counted_piece o WHERE o.player_item_id = p.origin_id AND o.completion_id = c.id) OR (c.operation_id = NEW.operation_id AND p.player_id = c.player_id AND p.status IN ('equipped', 'listed', 'offered', 'owned') AND NOT EXISTS (SELECT 1 FROM counted_piece o JOIN player_item q ON q.id = o.player_item_id WHERE o.completion_id = c.id AND q.item_id = p.item_id))))) IS NOT TRUE;
END;
CREATE TRIGGER counted_piece_apply AFTER INSERT ON counted_piece
BEGIN
  SELECT RAISE(ABORT, 'counted_piece: lines are numbered from 1 without gaps') WHERE (NEW.id IS 1 OR EXISTS (SELECT 1 FROM counted_piece WHERE id IS NEW.id - 1)) IS NOT TRUE;
END;
CREATE TRIGGER counted_piece_no_update BEFORE UPDATE ON counted_piece
BEGIN
  SELECT RAISE(ABORT, 'counted_piece: a journal is only added to');
END;
CREATE TRIGGER counted_piece_no_delete BEFORE DELETE ON counted_piece
BEGIN
  SELECT RAISE(ABORT, 'counted_piece: a journal is only added to');
END;
CREATE TRIGGER counted_piece_handed_on AFTER INSERT ON player_item
BEGIN
  INSERT INTO counted_piece (operation_id, completion_id, player_item_id) SELECT (SELECT id FROM operation ORDER BY id DESC LIMIT 1), completion_id, NEW.id FROM counted_piece WHERE player_item_id = NEW.origin_id;
END;
COMMIT;
