# dimacs.awk -v dir=DIR: a transportation problem in the DIMACS `min` format
# to an explicit instance in DIR: sources are offers, sinks are lines.
# objective = -cost - price * units not delivered.
BEGIN { nodes = arcs = 0 }
$1 == "n" { supply[$2] = $3; node[nodes++] = $2 }
$1 == "a" {
    if ($4 != 0) {
        print "dimacs.awk: a lower bound is not 0" > "/dev/stderr"
        failed = 1
        exit 1
    }
    from[arcs] = $2; to[arcs] = $3; cost[arcs++] = $6
    if ($6 > high) high = $6
}
END {
    if (failed) exit 1
    price = (high + 1) * (nodes + 1)
    needs = dir "/needs.csv"; lines = dir "/lines.csv"
    offers = dir "/offers.csv"; pairs = dir "/pairs.csv"
    print "need,budget_yen,max_partners" > needs
    print "line,need,quantity,uncovered_price,indivisible" > lines
    print "offer,capacity,max_needs,min_lot,org" > offers
    print "line,offer,score,cost_yen,use" > pairs
    print "name,value" > (dir "/params.csv")
    for (k = 0; k < nodes; k++) {
        v = node[k]
        if (supply[v] < 0) {
            print "sink" v ",," > needs
            print "sink" v ",sink" v "," (-supply[v]) "," price ",0" > lines
        } else
            print "source" v "," supply[v] ",,," > offers
    }
    for (k = 0; k < arcs; k++)
        print "sink" to[k] ",source" from[k] "," (-cost[k]) ",0,1" > pairs
}
